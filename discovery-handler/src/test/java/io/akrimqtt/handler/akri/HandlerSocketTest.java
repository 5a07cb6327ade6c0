package io.akrimqtt.handler.akri;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HandlerSocketTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    Path directory;

    private static ServerSocketChannel bound(Path path) throws IOException {
        var channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        channel.bind(UnixDomainSocketAddress.of(path));
        return channel;
    }

    private Path left(String name) throws IOException {
        var path = directory.resolve(name);
        bound(path).close();
        return path;
    }

    @Test
    void has_a_name_of_its_own_for_each_process() {
        var random = new Random(1);

        var one = HandlerSocket.choose(directory, "mqtt", random);

        assertThat(one.getFileName().toString()).matches("mqtt-[0-9a-f]{8}\\.sock");
        assertThat(HandlerSocket.choose(directory, "mqtt", random)).isNotEqualTo(one);
    }

    @Test
    void only_sockets_of_the_same_name_behind_which_nobody_listens_are_removed() throws IOException {
        var stale = left("mqtt-00000001.sock");
        var other = left("mqtt-local-00000001.sock");
        var agent = left("agent-registration.sock");
        var file = Files.createFile(directory.resolve("mqtt-00000002.sock"));
        var living = directory.resolve("mqtt-00000003.sock");
        try (var _ = bound(living)) {
            HandlerSocket.removeStale(directory, "mqtt", Instant.now().plusSeconds(60));
        }

        assertThat(stale).doesNotExist();
        assertThat(other).exists();
        assertThat(agent).exists();
        assertThat(file).exists();
        assertThat(living).exists();
    }

    @Test
    void a_young_one_is_left_alone_since_it_may_not_listen_yet() throws IOException {
        var young = left("mqtt-00000001.sock");

        HandlerSocket.removeStale(directory, "mqtt", Instant.now());

        assertThat(young).exists();
    }

    @Test
    void a_directory_must_be_there_and_leave_room_for_the_name() {
        assertThat(HandlerSocket.problems(directory, "mqtt")).isEmpty();
        assertThat(HandlerSocket.problems(directory.resolve("no"), "mqtt")).containsExactly("is no directory");
        assertThat(HandlerSocket.problems(directory, "x".repeat(100)))
                .singleElement()
                .asString()
                .contains("Linux takes 107");
    }
}
