package io.akrimqtt.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLockTest {

    @TempDir
    Path folder;

    @Test
    void a_directory_takes_one_run_at_a_time() throws Exception {
        var directory = folder.resolve("run");

        try (var _ = RunLock.take(directory)) {
            assertThatExceptionOfType(LocalRunException.class)
                    .isThrownBy(() -> RunLock.take(directory))
                    .withMessageContaining("another 'akri-mqtt local' runs in " + directory)
                    .withMessageContaining("--dir");
        }
        RunLock.take(directory).close();
    }

    @Test
    void a_new_directory_is_its_users_alone() throws Exception {
        RunLock.take(folder.resolve("run")).close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("run"))))
                .isEqualTo("rwx------");
    }

    @Test
    void a_path_too_long_for_sockets_is_refused_before_anything_starts() {
        assertThatExceptionOfType(LocalRunException.class)
                .isThrownBy(() -> RunLock.take(folder.resolve("x".repeat(100))))
                .withMessageContaining("--dir");
    }

    @Test
    void a_busy_port_is_named_with_the_option_that_moves_it() throws Exception {
        try (var busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = busy.getLocalPort();

            assertThatExceptionOfType(LocalRunException.class)
                    .isThrownBy(() -> EmbeddedServer.start(port, folder, folder.resolve("log")))
                    .withMessageContaining("port " + port)
                    .withMessageContaining("--mqtt-port");
        }
    }
}
