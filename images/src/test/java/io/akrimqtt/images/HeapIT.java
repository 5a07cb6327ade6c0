package io.akrimqtt.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A JVM with an image's options in a container of so many MiB, without the container. */
class HeapIT {

    private static final Path OPTIONS = BuiltImage.REPOSITORY.resolve("images/image");
    private static final Pattern MAX_HEAP = Pattern.compile("MaxHeapSize += (\\d+)");

    @ParameterizedTest
    @CsvSource({
        "monitoring-broker, 64, 16",
        "monitoring-broker, 256, 64",
        "discovery-handler, 128, 77",
        "discovery-handler, 512, 307",
        "dispatcher, 64, 32",
        "dispatcher, 256, 128"
    })
    void is_its_part_of_the_memory_also_where_that_is_little(String program, int memory, long heap) throws Exception {
        assertThat(maxHeap(program, memory)).isBetween(heap, heap + 1);
    }

    private static long maxHeap(String program, int memory) throws IOException {
        var command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + OPTIONS.resolve("jvm.options"),
                "@" + OPTIONS.resolve(program + ".options"),
                "-XX:MaxRAM=" + memory + "m",
                "-XX:+PrintFlagsFinal",
                "-version");
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        var found = MAX_HEAP.matcher(output);
        assertThat(found.find()).as(output).isTrue();
        return Long.parseLong(found.group(1)) / Containers.MIB;
    }
}
