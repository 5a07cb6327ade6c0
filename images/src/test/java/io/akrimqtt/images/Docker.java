package io.akrimqtt.images;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.testcontainers.DockerClientFactory;

/** Whether there is a Docker engine for tests. */
final class Docker {

    private Docker() {}

    /** Skips the test where there is none, with the reason; with {@code CI=true} that is a failure. */
    static void required() {
        if (DockerClientFactory.instance().isDockerAvailable()) {
            return;
        }
        var reason = "no Docker engine answers: images are not tried";
        if ("true".equals(System.getenv("CI"))) {
            fail(reason);
        }
        assumeTrue(false, reason);
    }
}
