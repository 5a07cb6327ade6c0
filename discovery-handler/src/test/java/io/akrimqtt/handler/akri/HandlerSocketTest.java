package io.akrimqtt.handler.akri;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.akrimqtt.handler.report.FakeWatch;
import io.akrimqtt.handler.report.ReportTimes;
import io.akrimqtt.handler.report.Reporting;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HandlerSocketTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    Path directory;

    private final Reporting reporting =
            Reporting.start((_, _) -> new FakeWatch(), ReportTimes.DEFAULT, InstantSource.system());

    @AfterEach
    void close() {
        reporting.close();
    }

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

    private DiscoveryListener listening() throws IOException {
        return DiscoveryListener.start(directory, "mqtt", reporting);
    }

    private static String nameOf(DiscoveryListener listener) {
        return listener.socket().getFileName().toString();
    }

    @Test
    void two_processes_after_one_another_take_turns_with_two_names() throws IOException {
        var first = listening();
        try (var second = listening()) {
            assertThat(nameOf(first)).isEqualTo("mqtt-0.sock");
            assertThat(nameOf(second)).isEqualTo("mqtt-1.sock");
            first.close();
            try (var third = listening()) {
                assertThat(nameOf(third)).isEqualTo("mqtt-0.sock");
                assertThat(third.reachable()).isTrue();
            }
            assertThat(second.reachable()).isTrue();
        }
    }

    @Test
    void one_that_comes_after_a_sudden_death_takes_the_same_name_again() throws IOException {
        left("mqtt-0.sock");

        try (var again = listening()) {
            assertThat(nameOf(again)).isEqualTo("mqtt-0.sock");
        }
    }

    @Test
    void what_is_no_socket_is_left_alone_and_its_name_passed_over() throws IOException {
        var file = Files.createFile(directory.resolve("mqtt-0.sock"));

        try (var listener = listening()) {
            assertThat(nameOf(listener)).isEqualTo("mqtt-1.sock");
            assertThat(file).isRegularFile();
        }
    }

    @Test
    void eight_at_once_have_names_and_the_ninth_is_told_that_there_are_none() throws IOException {
        var all = new ArrayList<DiscoveryListener>();
        try {
            for (int i = 0; i < HandlerSocket.NAMES; i++) {
                all.add(listening());
            }
            assertThat(all).extracting(HandlerSocketTest::nameOf).doesNotHaveDuplicates();
            assertThatThrownBy(this::listening)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("other processes listen at all 8 sockets mqtt-0.sock");
        } finally {
            all.forEach(DiscoveryListener::close);
        }
    }

    @Test
    void one_whose_file_another_has_taken_says_so_and_leaves_it_alone() throws IOException {
        try (var first = listening()) {
            Files.delete(first.socket());
            assertThat(first.reachable()).isFalse();
            try (var second = listening()) {
                assertThat(second.socket()).isEqualTo(first.socket());
                assertThat(first.reachable()).isFalse();

                first.stopListening();

                assertThat(second.reachable()).isTrue();
            }
        }
    }

    @Test
    void only_sockets_of_the_same_name_behind_which_nobody_listens_are_removed() throws IOException {
        var stale = left("mqtt-00000001.sock");
        var staleToo = left("mqtt-1.sock");
        var other = left("mqtt-local-00000001.sock");
        var agent = left("agent-registration.sock");
        var file = Files.createFile(directory.resolve("mqtt-00000002.sock"));
        var living = directory.resolve("mqtt-00000003.sock");
        try (var _ = bound(living)) {
            HandlerSocket.removeStale(directory, "mqtt", Instant.now().plusSeconds(60));
        }

        assertThat(stale).doesNotExist();
        assertThat(staleToo).doesNotExist();
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
