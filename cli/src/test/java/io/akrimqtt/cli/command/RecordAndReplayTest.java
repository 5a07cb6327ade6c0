package io.akrimqtt.cli.command;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.handler.api.DevicesService;
import io.akrimqtt.handler.details.DetailsParser;
import io.akrimqtt.handler.details.DetailsResult;
import io.akrimqtt.handler.details.DiscoveryDetails;
import io.akrimqtt.handler.details.WatchKey;
import io.akrimqtt.handler.journal.WatchJournal;
import io.akrimqtt.handler.report.ReportTimes;
import io.akrimqtt.handler.report.Reporting;
import io.akrimqtt.handler.watch.MqttDeviceWatch;
import io.akrimqtt.handler.watch.TrackedDevice;
import io.akrimqtt.handler.watch.WatchSettings;
import io.akrimqtt.messaging.client.Credentials;
import io.akrimqtt.messaging.client.TlsOptions;
import io.akrimqtt.messaging.mqtt.MqttPubSubClient;
import io.akrimqtt.messaging.testing.FaultProxy;
import io.akrimqtt.messaging.testing.MosquittoServer;
import io.akrimqtt.serving.GrpcListener;
import io.akrimqtt.serving.ListenAddress;
import io.akrimqtt.serving.MonotonicClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real MQTT server, a watch of the handler in this process, and the commands beside it. */
class RecordAndReplayTest {

    private static final Pattern DEVICE = Pattern.compile("\"event\":\"device\".*\"deviceId\":\"([^\"]+)\","
            + "\"presence\":\"([^\"]+)\",\"listed\":(\\w+),.*\"evidence\":\"([^\"]+)\"");

    @TempDir
    Path folder;

    private final MosquittoServer server = MosquittoServer.start();
    private final FaultProxy wire = FaultProxy.before(server.url());

    @SuppressWarnings("NullAway.Init") // Set before each test.
    private MqttDeviceWatch watch;

    private Path file = Path.of("unset");

    private String details() {
        return "serverUrls: [" + server.url() + "], topics: [robots/+/joints], presence: {offlineGrace: 1s}";
    }

    private DiscoveryDetails parsed() {
        return switch (DetailsParser.parse("test", "{" + details() + "}")) {
            case DetailsResult.Checked(var details) -> details;
            case DetailsResult.Refused(var problems) -> throw new IllegalArgumentException(problems.toString());
        };
    }

    @BeforeEach
    void a_watch_of_the_handler() throws IOException {
        file = Files.writeString(folder.resolve("c.yaml"), """
                apiVersion: akri.sh/v0
                kind: Configuration
                metadata: {name: robots}
                spec:
                  discoveryHandler:
                    name: mqtt
                    discoveryDetails: "{%s}"
                """.formatted(details()));
        try (var old = ServerStory.device(server.url(), Credentials.NONE, "robots/kept", true)) {
            old.publish(ServerStory.message("robots/named/joints", "{}", true)).join();
        }
        watch = MqttDeviceWatch.start(
                new WatchSettings(parsed(), Credentials.NONE, TlsOptions.DEFAULT, "node", "digest"),
                MqttPubSubClient::create,
                MonotonicClock.start(InstantSource.system()),
                WatchJournal.NONE);
        Awaitility.await()
                .atMost(ServerStory.PATIENCE)
                .until(() -> watch.current().settled());
    }

    @AfterEach
    void close() {
        watch.close();
        wire.close();
        server.close();
    }

    private String presence(String id) {
        return watch.current().devices().stream()
                .filter(device -> device.id().equals(id))
                .map(device -> device.presence().name().toLowerCase(Locale.ROOT))
                .findFirst()
                .orElse("");
    }

    private void until(String id, String presence) {
        Awaitility.await().atMost(ServerStory.PATIENCE).until(() -> presence(id).equals(presence));
    }

    /** One lives, one is killed and has a Last Will, one sleeps, one says goodbye, one is back after its Last Will. */
    private void traffic() {
        try (var alive = ServerStory.device(server.url(), Credentials.NONE, "robots/alive", false);
                var _ = ServerStory.device(wire.url(), Credentials.NONE, "robots/killed", true)) {
            alive.publish(ServerStory.message("robots/alive/joints", "{}", false))
                    .join();
            alive.publish(ServerStory.message("robots/sleepy/status", "sleeping", true))
                    .join();
            alive.publish(ServerStory.message("robots/polite/status", "online", true))
                    .join();
            alive.publish(ServerStory.message("robots/polite/status", "offline", true))
                    .join();
            alive.publish(ServerStory.message("robots/back/status", "offline", true))
                    .join();
            alive.publish(ServerStory.message("robots/back/status", "online", true))
                    .join();
            until("robots/killed", "online");
            wire.cut();
            until("robots/killed", "offline");
            until("robots/polite", "offline");
        }
    }

    @Test
    void a_replay_believes_at_the_end_what_a_live_watch_believed() throws IOException {
        var recording = folder.resolve("r.jsonl");
        var recorder = CompletableFuture.supplyAsync(
                () -> Console.run("record", file.toString(), "--to", recording.toString(), "--for", "15s"));
        Awaitility.await()
                .atMost(ServerStory.PATIENCE)
                .until(() ->
                        Files.exists(recording) && Files.readString(recording).contains("retained.read"));

        traffic();
        var result = recorder.join();

        assertThat(result.err()).isEmpty();
        assertThat(Files.readString(recording))
                .contains("\"retain\":true,\"topic\":\"robots/killed/status\",\"qos\":1,\"payload\":\"b2ZmbGluZQ==\"")
                .contains("\"retain\":false,\"topic\":\"robots/alive/joints\"")
                .endsWith("\"reason\":\"its time was over\"}\n");
        var replayed = Console.run("replay", recording.toString(), file.toString(), "-o", "json");
        assertThat(replayed.out().lines().flatMap(RecordAndReplayTest::belief).toList())
                .containsExactlyElementsOf(watch.current().devices().stream()
                        .map(RecordAndReplayTest::belief)
                        .toList())
                .contains(
                        "robots/alive online true activity",
                        "robots/killed offline false status",
                        "robots/kept online true retained-status",
                        "robots/named unknown false exists",
                        "robots/sleepy sleeping true status")
                .hasSize(7);
    }

    private static Stream<String> belief(String line) {
        return DEVICE.matcher(line)
                .results()
                .map(found -> String.join(" ", found.group(1), found.group(2), found.group(3), found.group(4)));
    }

    private static String belief(TrackedDevice device) {
        return String.join(
                " ",
                device.id(),
                device.presence().name().toLowerCase(Locale.ROOT),
                Boolean.toString(device.listed()),
                device.evidence().kind().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    @Test
    void explain_tells_from_a_running_handler_how_a_device_died() throws IOException {
        traffic();
        var times = new ReportTimes(
                Duration.ofMillis(20), Duration.ofMillis(20), Duration.ofMillis(20), Duration.ofHours(1));
        try (var reporting = Reporting.start((_, _) -> watch, times, InstantSource.system());
                var api = requireNonNull(GrpcListener.start(
                        ListenAddress.parse("unix:" + folder.resolve("s")), List.of(new DevicesService(reporting))))) {
            reporting.subscribe(new WatchKey(parsed(), Credentials.NONE, TlsOptions.DEFAULT), _ -> {});
            Awaitility.await()
                    .atMost(ServerStory.PATIENCE)
                    .until(() -> !reporting.views().isEmpty());

            var result =
                    Console.run("explain", "killed", "--handler", api.address().toString());

            assertThat(result.err()).isEmpty();
            assertThat(result.out())
                    .startsWith("killed is offline\n  id        robots/killed\n")
                    .contains(
                            "topic     robots/killed/status",
                            "listed    no: it is offline",
                            server.url() + "   connected")
                    .containsPattern("unknown +online +status +robots/killed/status")
                    .containsPattern("online +offline +status +robots/killed/status");
            assertThat(Console.run(
                                    "explain",
                                    "kiled",
                                    "--handler",
                                    api.address().toString())
                            .err())
                    .contains("perhaps: killed");
        }
    }
}
