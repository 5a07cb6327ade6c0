package io.akrimqtt.handler.watch;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.messaging.client.Credentials;
import io.akrimqtt.messaging.client.ServerUrl;
import io.akrimqtt.messaging.client.SessionOptions;
import io.akrimqtt.messaging.client.TlsOptions;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.mqtt.MqttPubSubClient;
import io.akrimqtt.messaging.testing.EachServer;
import io.akrimqtt.messaging.testing.MosquittoServer;
import io.akrimqtt.messaging.testing.ServerCase;
import io.akrimqtt.messaging.topic.TopicName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Very many retained messages, on servers with their default limits. */
class RetainedFloodTest {

    private static final Logger LOG = LoggerFactory.getLogger(RetainedFloodTest.class);

    private static final int MANY = 10_000;
    private static final int VERY_MANY = 60_000;
    private static final int WINDOW = 5_000;

    @EachServer
    void case_54_ten_thousand_retained_devices_are_found_within_30_s(ServerCase server) throws Exception {
        var area = TestDevice.area();
        publishRetained(server.url(), area, MANY, "online");

        try (var watch = Watching.of(server.url())
                .topics(area + "/+/joints")
                .protocol(server.protocol())
                .start()) {
            Awaitility.await()
                    .atMost(Duration.ofMinutes(3))
                    .untilAsserted(() -> assertThat(missing(watch, area)).isEmpty());
        }
    }

    private static long listed(Watching watch) {
        return watch.current().devices().stream().filter(TrackedDevice::listed).count();
    }

    /** How many are not listed, and what is known of the first of them, since a failure that names them all tells nothing. */
    private static List<String> missing(Watching watch, String area) {
        var listed = watch.current().devices().stream()
                .filter(TrackedDevice::listed)
                .map(TrackedDevice::id)
                .collect(Collectors.toSet());
        var missing = IntStream.range(0, MANY)
                .mapToObj(i -> area + "/n" + i)
                .filter(id -> !listed.contains(id))
                .toList();
        return missing.stream()
                .limit(5)
                .map(id -> missing.size() + ": "
                        + watch.device(id).map(TrackedDevice::toString).orElse(id + " is not known"))
                .toList();
    }

    @Test
    void case_54_sixty_thousand_retained_devices_with_long_words_are_found() throws Exception {
        var word = "{\"state\":\"online\",\"pad\":\"" + "x".repeat(375) + "\"}";
        try (var server = MosquittoServer.start()) {
            publishRetained(server.url(), "robots", VERY_MANY, word);
            long begin = System.nanoTime();
            try (var watch = Watching.of(server.url())
                    .topics("robots/+/joints")
                    .maxDevices(VERY_MANY + 1)
                    .start()
                    .within(Duration.ofMinutes(4))) {
                watch.until(() -> assertThat(listed(watch)).isEqualTo(VERY_MANY));
                LOG.atWarn()
                        .addKeyValue("time", Duration.ofNanos(System.nanoTime() - begin))
                        .log("60,000 retained devices found");
            }
        }
    }

    /** At least once, so that nothing is lost on the way in; a window that a busy server does not take is said again. */
    static void publishRetained(ServerUrl url, String area, int count, String word) throws Exception {
        for (int begin = 0; begin < count; begin += WINDOW) {
            int end = Math.min(count, begin + WINDOW);
            boolean taken = false;
            for (int tries = 0; !taken; tries++) {
                taken = publishWindow(url, area, begin, end, word);
                assertThat(tries).as("tries to publish %d to %d", begin, end).isLessThan(3);
            }
        }
    }

    private static boolean publishWindow(ServerUrl url, String area, int begin, int end, String word) throws Exception {
        try (var client = MqttPubSubClient.create(
                url, Credentials.NONE, TlsOptions.DEFAULT, SessionOptions.clean("publisher-" + TestDevice.area()))) {
            client.connect();
            var published = new ArrayList<CompletableFuture<?>>();
            for (int i = begin; i < end; i++) {
                published.add(client.publish(Message.to(TopicName.of(area + "/n" + i + "/status"))
                        .text(word)
                        .retain(true)
                        .build()));
            }
            CompletableFuture.allOf(published.toArray(CompletableFuture[]::new)).get(60, SECONDS);
            return true;
        } catch (TimeoutException e) {
            LOG.atWarn().addKeyValue("from", begin).log("a window of messages was not taken");
            return false;
        }
    }
}
