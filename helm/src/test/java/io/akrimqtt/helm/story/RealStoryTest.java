package io.akrimqtt.helm.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.akrimqtt.helm.Chart;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The story on a real Kubernetes with real Akri; leaves nothing behind. Never part of CI: it needs {@code KUBECONFIG}. */
class RealStoryTest extends StoryTest {

    private static final int DEVICES = Integer.getInteger("story.devices", 6);
    private static final String VALUES = """
            handler: {serviceAccount: {name: akri-mqtt-handler, namespace: akri-mqtt-story}}
            gate: {namespaces: [akri-mqtt-story]}
            """;

    @TempDir
    private Path folder;

    @Test
    void with_the_guard_nothing_of_a_living_device_is_deleted() throws Exception {
        assumeTrue(RealCluster.missing().isEmpty(), RealCluster.missing());
        try (var cluster = new RealCluster(Chart.rendered(VALUES).text(), folder)) {
            assertThat(tell(cluster, true, DEVICES)).isNotEmpty().allSatisfy(row -> expect(row, true));
        }
    }

    @Test
    void without_the_guard_all_devices_come_back() throws Exception {
        assumeTrue(RealCluster.missing().isEmpty(), RealCluster.missing());
        try (var cluster = new RealCluster(Chart.rendered(VALUES).text(), folder)) {
            assertThat(tell(cluster, false, DEVICES)).isNotEmpty().allSatisfy(row -> expect(row, false));
        }
    }
}
