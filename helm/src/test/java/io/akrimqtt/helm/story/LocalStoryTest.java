package io.akrimqtt.helm.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The story on the local cluster: three nodes, 200 devices, handlers as processes; the table of docs/akri.md. Both runs at once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class LocalStoryTest extends StoryTest {

    private static final int NODES = 3;
    private static final int DEVICES = Integer.getInteger("story.devices", 200);

    private final Map<Boolean, List<Row>> told = new ConcurrentHashMap<>();

    @Test
    void with_the_guard_nothing_of_a_living_device_is_deleted() throws Exception {
        assertThat(run(true)).isNotEmpty().allSatisfy(row -> expect(row, true));
    }

    @Test
    void without_the_guard_nothing_is_worse_than_akri_makes_it_and_all_devices_come_back() throws Exception {
        assertThat(run(false)).isNotEmpty().allSatisfy(row -> expect(row, false));
    }

    private List<Row> run(boolean guard) throws IOException {
        try (var cluster = LocalStoryCluster.start(NODES)) {
            var rows = tell(cluster, guard, DEVICES);
            told.put(guard, rows);
            return rows;
        }
    }

    @AfterAll
    void both() throws IOException {
        var guarded = told.get(true);
        var bare = told.get(false);
        if (guarded != null && bare != null) {
            try (var cluster = LocalStoryCluster.start(NODES)) {
                var table = Row.table(title(cluster, DEVICES), guarded, bare);
                Files.writeString(Path.of("target", "story.md"), table);
                System.out.println(table);
            }
        }
    }
}
