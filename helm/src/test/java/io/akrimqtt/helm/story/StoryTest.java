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

    /** How many rows may show what only the loss of a node causes. */
    static final String LOSS = "node lost";

    static List<Row> tell(Cluster cluster, boolean guard, int devices) throws IOException {
        cluster.guard(guard);
        var settings = Map.of("AKRI_MQTT_TAKEOVER", "20s", "AKRI_MQTT_KUBERNETES", "required");
        try (var stage = new Stage(cluster, Fleet.devices(devices), PATIENCE, settings)) {
            stage.rest();
            if (guard) {
                Stage.pass(Duration.ofSeconds(5));
            }
            new Events(stage).all();
            var table = Row.table(cluster.title() + (guard ? ", with the guard" : ", without the guard"), stage.rows);
            Files.writeString(
                    Path.of("target", "story-" + cluster.getClass().getSimpleName() + (guard ? "" : "-bare") + ".md"),
                    table);
            System.out.println(table);
            return stage.rows;
        }
    }

    static void expectGuarded(List<Row> rows) {
        assertThat(rows)
                .allSatisfy(row -> assertThat(row.instances()).as(row.event()).isZero());
        assertThat(rows)
                .filteredOn(row -> !row.event().startsWith("node"))
                .allSatisfy(row -> assertThat(row.pods()).as(row.event()).isZero());
    }
}
