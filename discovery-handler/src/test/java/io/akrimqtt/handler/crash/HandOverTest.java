package io.akrimqtt.handler.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.handler.akri.FakeAgent;
import io.akrimqtt.messaging.testing.MosquittoServer;
import io.akrimqtt.messaging.testing.Patience;
import java.nio.file.Path;
import java.time.Duration;
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

    private static void agree(HandlerProcess handler, Fleet fleet) {
        Awaitility.await()
                .during(Duration.ofSeconds(1))
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(handler.latest()).isEqualTo(fleet.there()));
    }
}
