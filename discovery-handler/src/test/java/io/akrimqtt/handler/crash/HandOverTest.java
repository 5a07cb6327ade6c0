package io.akrimqtt.handler.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.handler.akri.FakeAgent;
import io.akrimqtt.messaging.testing.MosquittoServer;
import io.akrimqtt.messaging.testing.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two handlers on one journal, as during an upgrade. */
class HandOverTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    Path folder;

    @Test
    void the_second_goes_on_with_all_that_the_first_knew_and_the_first_stays_as_it_was() throws Exception {
        try (var server = MosquittoServer.start();
                var agent = FakeAgent.start(folder.resolve("agent-registration.sock"));
                var fleet = Fleet.start(server.url(), "fleet", 1)) {
            var details = "serverUrls: " + server.url() + "\ntopics: fleet/+/data\npresence: {offlineGrace: 1s}\n";
            try (var first = HandlerProcess.start(agent, folder, details)) {
                var everybody = fleet.there();
                agree(first, fleet);

                try (var second = HandlerProcess.start(agent, folder, details)) {
                    Patience.await().until(second::reported);
                    assertThat(second.first()).isEqualTo(everybody);

                    fleet.stir();
                    Patience.await().until(() -> !fleet.there().equals(everybody));
                    Patience.await().until(() -> !second.latest().equals(everybody));
                    fleet.rest();
                    agree(second, fleet);
                    assertThat(first.latest()).isEqualTo(everybody);

                    first.kill();
                    agree(second, fleet);
                }
            }
        }
    }

    @Test
    void the_first_goes_on_where_the_second_dies_and_its_list_was_never_shorter() throws Exception {
        takesBack(Map.of());
    }

    @Test
    void without_a_journal_they_agree_all_the_same() throws Exception {
        takesBack(Map.of("AKRI_MQTT_JOURNAL", "off"));
    }

    private void takesBack(Map<String, String> settings) throws Exception {
        try (var server = MosquittoServer.start();
                var agent = FakeAgent.start(folder.resolve("agent-registration.sock"));
                var fleet = Fleet.start(server.url(), "fleet", 2)) {
            var details = "serverUrls: " + server.url() + "\ntopics: fleet/+/data\npresence: {offlineGrace: 1s}\n";
            try (var first = HandlerProcess.start(agent, folder, details, settings)) {
                agree(first, fleet);
                var everybody = fleet.there();
                int before = first.lists().size();

                try (var second = HandlerProcess.start(agent, folder, details, settings)) {
                    agree(second, fleet);
                    Patience.await().until(() -> told("handed over to another handler of this node") == 1);
                }

                Patience.await().until(() -> told("the handler that had taken over has gone") == 1);
                Awaitility.await()
                        .during(Duration.ofSeconds(3))
                        .atMost(Duration.ofSeconds(60))
                        .until(first::serves);
                assertThat(first.lists().subList(before, first.lists().size()))
                        .allSatisfy(list -> assertThat(list).containsAll(everybody));

                fleet.stir();
                Patience.await().until(() -> !first.latest().equals(everybody));
                fleet.rest();
                agree(first, fleet);
            }
        }
    }

    @Test
    void one_that_has_handed_over_accepts_other_details_and_says_nothing() throws Exception {
        try (var server = MosquittoServer.start();
                var agent = FakeAgent.start(folder.resolve("agent-registration.sock"));
                var fleet = Fleet.start(server.url(), "fleet", 3)) {
            var details = "serverUrls: " + server.url() + "\ntopics: fleet/+/data\npresence: {offlineGrace: 1s}\n";
            var others = "serverUrls: " + server.url() + "\ntopics: fleet/+/data\npresence: {offlineGrace: 2s}\n";
            try (var first = HandlerProcess.start(agent, folder, details);
                    var second = HandlerProcess.start(agent, folder, details);
                    var asked = first.ask(others)) {
                Patience.await().until(asked::headers);
                agree(second, fleet);
                assertThat(asked.lists()).isEmpty();
                assertThat(asked.closed()).isNull();

                second.kill();

                Patience.await().until(() -> !asked.lists().isEmpty());
                Patience.await().until(() -> Set.copyOf(asked.lists().getLast()).equals(fleet.there()));
            }
        }
    }

    @Test
    void one_that_is_told_to_end_takes_away_its_own_socket_alone() throws Exception {
        try (var server = MosquittoServer.start();
                var agent = FakeAgent.start(folder.resolve("agent-registration.sock"));
                var fleet = Fleet.start(server.url(), "fleet", 4)) {
            var details = "serverUrls: " + server.url() + "\ntopics: fleet/+/data\npresence: {offlineGrace: 1s}\n";
            try (var first = HandlerProcess.start(agent, folder, details);
                    var second = HandlerProcess.start(agent, folder, details)) {
                agree(second, fleet);

                first.terminate();

                assertThat(first.socket()).doesNotExist();
                assertThat(second.socket()).exists();
                agree(second, fleet);
                assertThat(second.serves()).isTrue();
            }
        }
    }

    private long told(String text) throws IOException {
        try (var lines = Files.lines(folder.resolve("handler.log"))) {
            return lines.filter(line -> line.contains(text)).count();
        }
    }

    private static void agree(HandlerProcess handler, Fleet fleet) {
        Awaitility.await()
                .during(Duration.ofSeconds(1))
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(handler.latest()).isEqualTo(fleet.there()));
    }
}
