package io.akrimqtt.helm.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The events of docs/akri.md, one after the other on one cluster. */
abstract class StoryTest {

    private static final Duration PATIENCE = Duration.ofMinutes(4);

    static List<Row> tell(Cluster cluster, boolean guard, int devices) throws IOException {
        cluster.guard(guard);
        var name = cluster.getClass().getSimpleName() + (guard ? "" : "-bare");
        var logs = Files.createDirectories(Path.of("target", "story", name));
        var settings = Map.of("AKRI_MQTT_TAKEOVER", "20s", "AKRI_MQTT_KUBERNETES", "required");
        try (var stage = new Stage(cluster, logs, PATIENCE, settings)) {
            stage.begin(Fleet.devices(devices));
            try {
                new Events(stage).all();
            } finally {
                var table = Row.table(
                        title(cluster, devices) + (guard ? ", with the guard" : ", without the guard"), stage.rows);
                Files.writeString(Path.of("target", "story-" + name + ".md"), table);
                System.out.println(table);
            }
            stage.end();
            return stage.rows;
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
