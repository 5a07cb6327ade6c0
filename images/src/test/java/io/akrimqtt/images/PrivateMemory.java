package io.akrimqtt.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.testcontainers.containers.GenericContainer;

/** What a container's process has for itself and has written: the kernel's own count. Needs to be root of the engine's machine. */
final class PrivateMemory {

    private PrivateMemory() {}

    /** In KiB. */
    static long of(GenericContainer<?> container) throws IOException {
        var pid = container.getCurrentContainerInfo().getState().getPidLong();
        assertThat(pid).as("the container runs").isPositive();
        return Files.readAllLines(Path.of("/proc/" + pid + "/smaps_rollup")).stream()
                .filter(line -> line.startsWith("Private_Dirty:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }
}
