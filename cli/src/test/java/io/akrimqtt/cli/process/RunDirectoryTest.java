package io.akrimqtt.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {

    private static final RunState RUN =
            new RunState(42, "127.0.0.1:6051", List.of("mqtt://127.0.0.1:1883", "ssl://b"), "node-a");

    @TempDir
    Path temporary;

    private RunDirectory directory;

    @BeforeEach
    void create() throws IOException {
        directory = RunDirectory.create(temporary.resolve("run"));
    }

    private static InstanceState instance(String name, WorkloadState state) {
        return new InstanceState(name, "c", "factory/\"lamp\"", "lamp", "unix:/w/1.sock", "/logs/1.log", 7, state);
    }

    @Test
    void is_for_its_user_alone() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.path())))
                .isEqualTo("rwx------");
    }

    @Test
    void tells_readers_what_its_writer_wrote() throws IOException {
        directory.write(RUN);
        directory.write(instance("c-1", WorkloadState.RUNNING));
        directory.write(instance("c-0", WorkloadState.STARTING));
        var reader = RunDirectory.at(directory.path());

        assertThat(reader.run()).contains(RUN);
        assertThat(reader.instances())
                .containsExactly(instance("c-0", WorkloadState.STARTING), instance("c-1", WorkloadState.RUNNING));

        directory.write(instance("c-1", WorkloadState.RESTARTING));
        directory.remove("c-0");
        directory.end();

        assertThat(reader.run()).isEmpty();
        assertThat(reader.instances()).containsExactly(instance("c-1", WorkloadState.RESTARTING));
    }

    @Test
    void has_nothing_for_readers_where_there_is_none() {
        var reader = RunDirectory.at(temporary.resolve("nowhere"));

        assertThat(reader.run()).isEmpty();
        assertThat(reader.instances()).isEmpty();
    }

    @Test
    void passes_over_files_that_are_half_there_or_of_somebody_else() throws IOException {
        directory.write(instance("c-1", WorkloadState.RUNNING));
        var instances = directory.path().resolve("instances");
        Files.writeString(instances.resolve("a.json"), "");
        Files.writeString(instances.resolve("b.json"), "{\"instance\": \"b\", \"sta");
        Files.writeString(instances.resolve("d.json"), "[1, 2]");
        Files.writeString(instances.resolve("e.json"), "{\"state\": \"HAPPY\"}");
        Files.writeString(instances.resolve("f.json"), "{\"instance\": [\"x\"");
        Files.writeString(instances.resolve("g.txt"), "{}");
        Files.writeString(directory.path().resolve("run.json"), "{\"pid\": \"many\", \"more\": {\"deep\": [{}]}}");

        assertThat(directory.instances()).extracting(InstanceState::instance).containsExactly("c-1");
        assertThat(directory.run()).contains(new RunState(0, "", List.of(), ""));
    }

    @Test
    void forgets_the_instances_of_an_earlier_run() throws IOException {
        directory.write(RUN);
        directory.write(instance("c-1", WorkloadState.RUNNING));

        var next = RunDirectory.create(directory.path());

        assertThat(next.instances()).isEmpty();
        assertThat(next.run()).isEmpty();
    }
}
