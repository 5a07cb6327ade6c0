package io.akrimqtt.images;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Our images, each built once by the command that docs/images.md tells people. Thread-safe. */
final class BuiltImage {

    static final String MONITORING_BROKER = "monitoring-broker";
    static final String DISCOVERY_HANDLER = "discovery-handler";
    static final String DISPATCHER = "dispatcher";

    /** The root of the repository. */
    static final Path REPOSITORY = Path.of(System.getProperty("repository", ".."));

    private static final ConcurrentMap<String, String> BUILT = new ConcurrentHashMap<>();

    private BuiltImage() {}

    /** The name of an image, built where it was not yet. */
    static String of(String program) {
        return BUILT.computeIfAbsent(program, BuiltImage::build);
    }

    private static synchronized String build(String program) {
        var name = "akri-mqtt.test/" + program + ":built";
        var command = List.of(
                "docker",
                "build",
                "--build-arg=JDK_IMAGE=" + System.getProperty("image.jdk"),
                "--build-arg=BASE_IMAGE=" + System.getProperty("image.base"),
                "--target=" + program,
                "--tag=" + name,
                ".");
        try {
            var process = new ProcessBuilder(command)
                    .directory(REPOSITORY.toFile())
                    .redirectErrorStream(true)
                    .start();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + " ended with\n" + output);
            }
            return name;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
