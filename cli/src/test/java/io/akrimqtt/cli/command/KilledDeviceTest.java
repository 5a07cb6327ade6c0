package io.akrimqtt.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.handler.details.DetailsParser;
import io.akrimqtt.handler.details.DetailsResult;
import io.akrimqtt.handler.details.DiscoveryDetails;
import io.akrimqtt.handler.journal.WatchJournal;
import io.akrimqtt.handler.watch.MqttDeviceWatch;
import io.akrimqtt.handler.watch.WatchSettings;
import io.akrimqtt.messaging.client.Credentials;
import io.akrimqtt.messaging.client.TlsOptions;
import io.akrimqtt.messaging.mqtt.MqttPubSubClient;
import io.akrimqtt.messaging.testing.MosquittoServer;
import io.akrimqtt.serving.MonotonicClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Devices that are processes of mosquitto_pub: one is killed with -9, and its Last Will has to tell. */
class KilledDeviceTest {

    @TempDir
    Path folder;

    private final MosquittoServer server = MosquittoServer.start();
    private final List<Process> devices = new ArrayList<>();

    @AfterEach
    void close() {
        devices.forEach(Process::destroyForcibly);
        server.close();
    }

    /** A device that publishes what it is told to, and has a Last Will. */
    private Process device(String id) throws IOException {
        var words = List.of(
                "mosquitto_pub -h 127.0.0.1 -p %d -i %s -q 1 -l -t robots/%s/joints".formatted(port(), id, id),
                "--will-topic robots/%s/status --will-payload offline --will-retain --will-qos 1".formatted(id));
        var process = new ProcessBuilder(String.join(" ", words).split(" "))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(id + ".log").toFile())
                .start();
        devices.add(process);
        tell(process, "1");
        return process;
    }

    private int port() {
        var url = server.url().toString();
        return Integer.parseInt(url.substring(url.lastIndexOf(':') + 1));
    }

    private static void tell(Process device, String line) throws IOException {
        device.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        device.getOutputStream().flush();
    }

    private DiscoveryDetails details(String text) {
        return switch (DetailsParser.parse("test", text)) {
            case DetailsResult.Checked(var details) -> details;
            case DetailsResult.Refused(var problems) -> throw new IllegalArgumentException(problems.toString());
        };
    }

    private static List<String> beliefs(MqttDeviceWatch watch) {
        return watch.current().devices().stream()
                .map(device -> "%s %s %s %s"
                        .formatted(
                                device.id(),
                                device.presence(),
                                device.listed() ? "yes" : "no",
                                device.evidence().kind())
                        .toLowerCase(Locale.ROOT))
                .toList();
    }

    @Test
    void a_device_that_is_killed_is_offline_in_the_replay_as_it_was_for_a_live_watch() throws IOException {
        var text =
                "{serverUrls: [%s], topics: [robots/+/joints], presence: {offlineGrace: 1s}}".formatted(server.url());
        var file = Files.writeString(folder.resolve("c.yaml"), """
                apiVersion: akri.sh/v0
                kind: Configuration
                metadata: {name: robots}
                spec:
                  discoveryHandler: {name: mqtt, discoveryDetails: "%s"}
                """.formatted(text));
        var recording = folder.resolve("r.jsonl");
        var settings = new WatchSettings(details(text), Credentials.NONE, TlsOptions.DEFAULT, "node", "digest");
        try (var watch = MqttDeviceWatch.start(
                settings, MqttPubSubClient::create, MonotonicClock.start(InstantSource.system()), WatchJournal.NONE)) {
            var record = CompletableFuture.supplyAsync(
                    () -> Console.run("record", file.toString(), "--to", recording.toString(), "--for", "15s"));
            Awaitility.await()
                    .atMost(ServerStory.PATIENCE)
                    .until(() -> watch.current().settled()
                            && Files.exists(recording)
                            && Files.readString(recording).contains("retained.read"));
            var lives = device("lives");
            var killed = device("killed");
            Awaitility.await()
                    .atMost(ServerStory.PATIENCE)
                    .until(() -> beliefs(watch).size() == 2);

            assertThat(killed.destroyForcibly().onExit().join().exitValue()).isEqualTo(128 + 9);
            tell(lives, "2");

            assertThat(record.join().err()).isEmpty();
            Awaitility.await()
                    .atMost(ServerStory.PATIENCE)
                    .untilAsserted(() -> assertThat(beliefs(watch))
                            .containsExactly("robots/killed offline no status", "robots/lives online yes activity"));
        }

        var replayed = Console.run("replay", recording.toString(), file.toString());
        assertThat(replayed.err()).isEmpty();
        assertThat(replayed.out())
                .containsPattern("offline +robots/killed +status on robots/killed/status")
                .containsPattern("robots/killed +offline +no +status")
                .containsPattern("robots/lives +online +yes +activity")
                .contains("devices: 2");
    }
}
