package io.akrimqtt.handler.akri;

import static io.akrimqtt.handler.report.Samples.device;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.akrimqtt.handler.report.FakeWatch;
import io.akrimqtt.handler.report.Refusal;
import io.akrimqtt.handler.report.ReportBuilder;
import io.akrimqtt.handler.report.ReportTimes;
import io.akrimqtt.handler.report.Reporting;
import io.akrimqtt.handler.report.Sighted;
import io.akrimqtt.handler.report.StreamCounts;
import io.akrimqtt.handler.watch.TrackedDevice;
import io.akrimqtt.proto.akri.v0.ByteData;
import io.grpc.Status;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Discover over a real Unix socket, seen with the eyes of Akri's agent. */
class DiscoveryListenerTest {

    private static final String DETAILS = "serverUrls: tcp://h\ntopics: robots/+/joints\n";
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    Path directory;

    @SuppressWarnings("NullAway.Init") // Set before each test.
    private DiscoveryListener listener;

    private final CopyOnWriteArrayList<FakeWatch> watches = new CopyOnWriteArrayList<>();
    private final Reporting reporting = reporting(Duration.ofHours(1));

    /** What watches wait for when they start. */
    private volatile CountDownLatch starting = new CountDownLatch(0);

    private final AtomicInteger unstartable = new AtomicInteger();

    /** One whose watches outlive their last stream for so long, and that sends no list again because time has passed. */
    private Reporting reporting(Duration linger) {
        var times = new ReportTimes(Duration.ofMillis(50), Duration.ofHours(1), Duration.ofHours(1), linger);
        var started = Reporting.start((_, _) -> watch(), times, InstantSource.system());
        started.allot(new Sighted());
        return started;
    }

    private FakeWatch watch() {
        try {
            starting.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        if (unstartable.getAndDecrement() > 0) {
            throw new IllegalStateException("planted");
        }
        var watch = new FakeWatch();
        watches.add(watch);
        return watch;
    }

    @BeforeEach
    void listen() throws IOException {
        listener = DiscoveryListener.start(directory.resolve("mqtt-00000000.sock"), reporting, 2);
    }

    @AfterEach
    void close() {
        listener.close();
        reporting.close();
    }

    /** Until reporting has so many streams. */
    private void served(int streams) {
        await().atMost(SOON)
                .until(() -> !reporting.views().isEmpty()
                        && reporting.views().getFirst().streams() == streams);
    }

    private DiscoverCall discover(String details) {
        return DiscoverCall.open(listener.socket(), details);
    }

    private static Status.Code codeOf(DiscoverCall call) {
        await().atMost(SOON).until(() -> call.closed() != null);
        return statusOf(call).getCode();
    }

    private static Status statusOf(DiscoverCall call) {
        return Objects.requireNonNullElse(call.closed(), Status.OK);
    }

    @Test
    void headers_come_before_anything_is_known_and_the_list_when_it_is() {
        try (var call = discover(DETAILS)) {
            await().atMost(SOON).until(call::headers);
            assertThat(call.lists()).isEmpty();

            served(1);
            watches.getFirst().tell(true, device("robots/a"));

            await().atMost(SOON).untilAsserted(() -> assertThat(call.lists()).containsExactly(List.of("robots/a")));
            assertThat(call.closed()).isNull();
        }
    }

    @Test
    void headers_wait_for_nothing_though_the_watch_takes_long_to_start() {
        starting = new CountDownLatch(1);
        try (var call = discover(DETAILS)) {
            await().atMost(SOON).until(call::headers);
            assertThat(watches).isEmpty();
            assertThat(listener.streams()).isEqualTo(new StreamCounts(1, 1, 1));

            starting.countDown();

            await().atMost(SOON).until(() -> watches.size() == 1);
            watches.getFirst().tell(true, device("robots/a"));
            await().atMost(SOON).untilAsserted(() -> assertThat(call.lists()).containsExactly(List.of("robots/a")));
            await().atMost(SOON).until(() -> listener.streams().equals(new StreamCounts(1, 0, 1)));
        }
        await().atMost(SOON).until(() -> listener.streams().equals(new StreamCounts(0, 0, 1)));
    }

    @Test
    void a_stream_whose_watch_cannot_be_started_lives_and_is_tried_again() {
        unstartable.set(1);
        try (var call = discover(DETAILS)) {
            await().atMost(SOON).until(() -> watches.size() == 1);
            watches.getFirst().tell(true, device("robots/a"));

            await().atMost(SOON).untilAsserted(() -> assertThat(call.lists()).containsExactly(List.of("robots/a")));
            assertThat(call.closed()).isNull();
        }
    }

    @Test
    void a_call_that_comes_when_the_handler_ends_is_refused_before_its_headers() {
        try (var call = discover(DETAILS)) {
            await().atMost(SOON).until(call::headers);

            listener.stopListening();

            try (var late = call.again(DETAILS)) {
                assertThat(codeOf(late)).isEqualTo(Status.Code.UNAVAILABLE);
                assertThat(late.headers()).isFalse();
                assertThat(call.closed()).isNull();
            }
        }
    }

    @Test
    void bad_details_end_the_call_before_its_headers_with_every_problem() {
        try (var call = discover("serverUrl: tcp://h\ntopics: a/#/b\n")) {
            assertThat(codeOf(call)).isEqualTo(Status.Code.INVALID_ARGUMENT);
            assertThat(statusOf(call).getDescription()).isEqualTo("""
                            discoveryDetails:1:1: serverUrl: unknown key, did you mean serverUrls? (expected: one of \
                            serverUrls, topics, presence, commands, connection, tls, devices, maxDevices, scope, publish, group)
                            discoveryDetails:1:1: serverUrls: missing (expected: 1 to 16 URLs of MQTT servers such as \
                            tcp://host:1883)
                            discoveryDetails:2:9: topics: 'a/#/b' has '#' at index 2 (expected: '#' only as the whole \
                            last level)""");
            assertThat(call.headers()).isFalse();
            assertThat(watches).isEmpty();
            assertThat(listener.refused()).isEqualTo(1);
        }
    }

    @Test
    void bad_secrets_end_the_call_without_being_shown() {
        var bad =
                ByteData.newBuilder().setVec(ByteString.copyFromUtf8("hunter2")).build();
        try (var call = DiscoverCall.open(listener.socket(), DETAILS, Map.of("mqtt_ca", bad, "other", bad), 1)) {
            assertThat(codeOf(call)).isEqualTo(Status.Code.INVALID_ARGUMENT);
            assertThat(statusOf(call).getDescription())
                    .startsWith("discoveryProperties:1:1: mqtt_ca: text without a PEM block")
                    .doesNotContain("hunter2");
            assertThat(call.headers()).isFalse();
        }
    }

    @Test
    void a_thousand_problems_are_cut_to_what_a_header_carries() {
        try (var call = discover("ü: 1\n" + "x".repeat(100) + ": [\n".repeat(3) + "\n")) {
            assertThat(codeOf(call)).isEqualTo(Status.Code.INVALID_ARGUMENT);
        }
        var yaml = new StringBuilder(DETAILS);
        IntStream.range(0, 1000).forEach(i -> yaml.append("ünknown").append(i).append(": 1\n"));
        try (var call = discover(yaml.toString())) {
            assertThat(codeOf(call)).isEqualTo(Status.Code.INVALID_ARGUMENT);
            assertThat(statusOf(call).getDescription()).endsWith("\n...").hasSizeBetween(3000, 4096);
        }
    }

    @Test
    void duplicate_streams_share_one_watch_and_both_get_each_list() {
        try (var one = discover(DETAILS);
                var two = discover("topics: [robots/+/joints]\nserverUrls: [tcp://h:1883]\n")) {
            served(2);
            assertThat(watches).hasSize(1);

            watches.getFirst().tell(true, device("robots/a"));
            await().atMost(SOON).untilAsserted(() -> {
                assertThat(one.lists()).containsExactly(List.of("robots/a"));
                assertThat(two.lists()).containsExactly(List.of("robots/a"));
            });
        }
    }

    @Test
    void one_stream_too_many_is_refused_before_its_headers() {
        try (var one = discover(DETAILS);
                var two = discover(DETAILS)) {
            await().atMost(SOON).until(() -> one.headers() && two.headers());
            try (var three = discover(DETAILS)) {
                assertThat(codeOf(three)).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
                assertThat(three.headers()).isFalse();
            }
            assertThat(one.closed()).isNull();
        }
        await().atMost(SOON).untilAsserted(() -> {
            try (var again = discover(DETAILS)) {
                await().atMost(SOON).until(() -> again.headers() || again.closed() != null);
                assertThat(again.headers()).isTrue();
            }
        });
    }

    @Test
    void a_watch_ends_some_time_after_the_agent_has_cancelled_its_last_stream() throws IOException {
        try (var soon = reporting(Duration.ofMillis(200));
                var other = DiscoveryListener.start(directory.resolve("mqtt-00000001.sock"), soon, 2)) {
            try (var call = DiscoverCall.open(other.socket(), DETAILS)) {
                await().atMost(SOON).until(call::headers);
                await().atMost(SOON).until(() -> watches.size() == 1);
            }
            await().atMost(SOON).until(() -> watches.getFirst().closed());
            await().atMost(SOON).until(() -> soon.views().isEmpty());
        }
    }

    @Test
    void a_slow_agent_gets_the_latest_list_and_no_queue() {
        try (var call = DiscoverCall.open(listener.socket(), DETAILS, Map.of(), 0)) {
            await().atMost(SOON).until(() -> reporting.views().size() == 1);
            for (int round = 1; round <= 10; round++) {
                int count = 3000 + round;
                watches.getFirst()
                        .tell(
                                true,
                                IntStream.range(0, count)
                                        .mapToObj(i -> device("robots/" + "x".repeat(200) + i))
                                        .toArray(TrackedDevice[]::new));
                await().atMost(SOON)
                        .until(() ->
                                reporting.views().getFirst().report().reported().size() == count);
            }

            call.take(100);

            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(call.lists())
                            .isNotEmpty()
                            .last()
                            .asInstanceOf(LIST)
                            .hasSize(3010));
            assertThat(call.lists()).hasSizeLessThanOrEqualTo(4);
        }
    }

    @Test
    void after_it_has_stopped_listening_nobody_can_connect_and_streams_live_on() {
        try (var call = discover(DETAILS)) {
            await().atMost(SOON).until(call::headers);
            served(1);

            listener.stopListening();

            assertThat(Files.exists(listener.socket())).isFalse();
            assertThat(listener.reachable()).isFalse();
            assertThatThrownBy(() -> SocketChannel.open(UnixDomainSocketAddress.of(listener.socket())))
                    .isInstanceOf(IOException.class);
            watches.getFirst().tell(true, device("robots/a"));
            await().atMost(SOON).untilAsserted(() -> assertThat(call.lists()).hasSize(1));
            assertThat(call.closed()).isNull();
        }
    }

    @Test
    void problems_of_the_properties_that_a_server_names_are_told() {
        var details = "serverUrls: [{url: ssl://h, credentials: plant_b}]\ntopics: robots/+/joints\n";
        var secret =
                ByteData.newBuilder().setVec(ByteString.copyFromUtf8("hunter2")).build();
        var properties = Map.of("plant_b_ca", secret, "mqtt_ca", secret);
        try (var call = DiscoverCall.open(listener.socket(), details, properties, 1)) {
            assertThat(codeOf(call)).isEqualTo(Status.Code.INVALID_ARGUMENT);
            assertThat(statusOf(call).getDescription())
                    .isEqualTo("discoveryProperties:1:1: plant_b_ca: text without a PEM block"
                            + " (expected: PEM, such as a Secret's tls.crt or tls.key)");
        }
    }

    @Test
    void a_stream_that_is_ended_completes_and_the_agent_that_asks_anew_is_served_at_once() {
        for (int round = 0; round < 5; round++) {
            try (var call = discover(DETAILS)) {
                await().atMost(SOON).until(call::headers);
                served(1);
                watches.getFirst().tell(true, device("robots/a"));
                await().atMost(SOON).until(() -> !call.lists().isEmpty());
                assertThat(call.closed()).isNull();

                reporting.end(reporting.views().getFirst().name(), "other credentials");

                assertThat(codeOf(call)).isEqualTo(Status.Code.OK);
            }
        }
        assertThat(watches).hasSize(1);
        assertThat(reporting.streamsEnded()).isEqualTo(5);
        assertThat(listener.refused()).isZero();
    }

    @Test
    void a_stream_that_is_ended_before_its_first_list_completes_with_headers() {
        try (var call = discover(DETAILS)) {
            await().atMost(SOON).until(call::headers);
            served(1);

            reporting.end(reporting.views().getFirst().name(), "other details");

            assertThat(codeOf(call)).isEqualTo(Status.Code.OK);
            assertThat(call.lists()).isEmpty();
        }
    }

    @Test
    void twenty_thousand_devices_with_long_properties_never_end_the_stream() {
        var levels = Map.of("area", "x".repeat(700), "line", "y".repeat(700));
        var known = IntStream.range(0, 20_000)
                .mapToObj(i -> device("robots/r%05d".formatted(i), true, levels))
                .toArray(TrackedDevice[]::new);
        var first = IntStream.range(0, 100)
                .mapToObj(i -> device("robots/a%05d".formatted(i), true, levels))
                .toList();
        try (var call = discover(DETAILS)) {
            await().atMost(SOON).until(call::headers);
            served(1);
            watches.getFirst().tell(true, known);
            await().atMost(SOON).until(() -> !call.lists().isEmpty());
            var reported = call.lists().getFirst();
            assertThat(reported).hasSizeBetween(1500, 3500).isSorted();
            await().atMost(SOON).until(() -> refusedForSize() == 20_000 - reported.size());

            watches.getFirst()
                    .tell(true, Stream.concat(first.stream(), Stream.of(known)).toArray(TrackedDevice[]::new));
            await().atMost(SOON).until(() -> refusedForSize() == 20_100 - reported.size());
            assertThat(call.lists()).hasSize(1);

            var without = Stream.concat(first.stream(), Stream.of(known))
                    .filter(each -> !each.id().equals("robots/r00000"))
                    .toArray(TrackedDevice[]::new);
            watches.getFirst().tell(true, without);
            await().atMost(SOON).until(() -> call.lists().size() == 2);

            assertThat(call.lists().getLast())
                    .containsAll(reported.subList(1, reported.size()))
                    .startsWith("robots/a00000")
                    .doesNotContain("robots/r00000");
            assertThat(call.sizes()).allMatch(size -> size <= ReportBuilder.MAX_BYTES);
            assertThat(call.closed()).isNull();
        }
    }

    private int refusedForSize() {
        return reporting.views().getFirst().report().refused().getOrDefault(Refusal.REPORT_FULL, 0);
    }
}
