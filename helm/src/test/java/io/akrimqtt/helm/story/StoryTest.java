package io.akrimqtt.helm.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The events of docs/akri.md, one after the other on one cluster. */
abstract class StoryTest {

    private static final Duration PATIENCE = Duration.ofMinutes(4);

    /** No handler that is killed and started again takes so long, whatever the machine does. */
    private static final Map<String, String> SETTINGS =
            Map.of("AKRI_MQTT_TAKEOVER", "2m", "AKRI_MQTT_KUBERNETES", "required");

    /** Of the row in which all nodes report all devices. */
    private static final int EVERYWHERE = 20;

    static List<Row> tell(Cluster cluster, boolean guard, int devices) throws IOException {
        var name = cluster.getClass().getSimpleName() + (guard ? "" : "-bare");
        var logs = Files.createDirectories(Path.of("target", "story", name));
        var rows = new ArrayList<Row>();
        try {
            var plan = new Stage.Plan(guard, 1, SETTINGS, logs, PATIENCE);
            perform(cluster, plan, devices, rows, stage -> new Events(stage).all());
            var settings = new HashMap<>(SETTINGS);
            settings.put("AKRI_MQTT_PLACEMENT", "everyNode");
            var everywhere = new Stage.Plan(guard, cluster.nodes().size(), settings, logs, PATIENCE);
            perform(cluster, everywhere, Math.min(devices, EVERYWHERE), rows, stage -> new Events(stage).everywhere());
        } finally {
            var table = Row.table(title(cluster, devices) + (guard ? ", with the guard" : ", without the guard"), rows);
            Files.writeString(Path.of("target", "story-" + name + ".md"), table);
            System.out.println(table);
        }
        return rows;
    }

    private interface Act {
        void play(Stage stage) throws IOException;
    }

    private static void perform(Cluster cluster, Stage.Plan plan, int devices, List<Row> rows, Act act)
            throws IOException {
        try (var stage = new Stage(cluster, plan, rows)) {
            stage.begin(Fleet.devices(devices));
            act.play(stage);
            stage.end();
        }
    }

    static String title(Cluster cluster, int devices) {
        return cluster.title() + ", " + devices + " devices; " + Events.TIMES;
    }

    static void expect(Row row, boolean guard) {
        assertThat(row.instances()).as(row.event() + ": Instances deleted").isLessThanOrEqualTo(row.deletable(guard));
        assertThat(row.pods()).as(row.event() + ": pods restarted").isLessThanOrEqualTo(row.restartable(guard));
    }
}
