package io.akrimqtt.images;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.cli.process.Launch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The images' training run, on a machine with its own JDK: what {@code ./akri-mqtt local} starts workloads with. */
class LocalTrainingIT {

    private static final long MINUTES = 5;

    @TempDir
    Path folder;

    @Test
    void a_training_run_leaves_an_archive_that_workloads_start_from() throws Exception {
        var jars = BuiltImage.REPOSITORY.resolve("monitoring-broker/target/app").toRealPath();
        var trained = folder.resolve("trained of a path with blanks");
        assertThat(Launch.trained(trained.resolve("options"), jars)).isEmpty();

        train(jars, trained);

        // The script itself has started the program with it.
        assertThat(trained.resolve("app.aot")).isNotEmptyFile();
        assertThat(Launch.trained(trained.resolve("options"), jars))
                .hasValueSatisfying(
                        launch -> assertThat(launch.arguments()).containsExactly("@" + trained.resolve("options")));
    }

    private void train(Path jars, Path trained) throws Exception {
        var java = Path.of(System.getProperty("java.home"));
        var log = folder.resolve("train.log");
        var builder = new ProcessBuilder(
                        "sh",
                        BuiltImage.REPOSITORY.resolve("images/image/train").toString(),
                        "monitoring-broker",
                        "io.akrimqtt.monitor.MonitorMain",
                        jars.toString(),
                        trained.toString(),
                        java.resolve("bin/java").toString(),
                        BuiltImage.REPOSITORY
                                .resolve("images/target/app")
                                .toRealPath()
                                .toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("JAVA_HOME", java.toString());
        var process = builder.start();
        try {
            assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).as(Files.readString(log)).isZero();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
