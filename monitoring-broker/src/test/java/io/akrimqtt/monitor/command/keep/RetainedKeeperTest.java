package io.akrimqtt.monitor.command.keep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.akrimqtt.messaging.client.Credentials;
import io.akrimqtt.messaging.client.ProtocolVersion;
import io.akrimqtt.messaging.client.PubSubClient;
import io.akrimqtt.messaging.client.ServerUrl;
import io.akrimqtt.messaging.client.SessionOptions;
import io.akrimqtt.messaging.client.TlsOptions;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.mqtt.MqttPubSubClient;
import io.akrimqtt.messaging.rpc.Payload;
import io.akrimqtt.messaging.testing.EachServer;
import io.akrimqtt.messaging.testing.MosquittoServer;
import io.akrimqtt.messaging.testing.ServerCase;
import io.akrimqtt.messaging.topic.TopicName;
import io.akrimqtt.monitor.MonitorProcess;
import io.akrimqtt.monitor.TestClient;
import io.akrimqtt.monitor.command.life.CommandOrder;
import io.akrimqtt.monitor.command.life.CommandRecord;
import io.akrimqtt.monitor.command.life.Queueing;
import io.akrimqtt.monitor.device.SessionFence;
import io.akrimqtt.monitor.device.WorkloadTopics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is kept on real MQTT servers, and what is said where they do not keep it. */
class RetainedKeeperTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final CommandOrder ORDER =
            new CommandOrder("start", Payload.text("7"), Duration.ofSeconds(10), false).queued(Queueing.DEFAULT);

    private final WorkloadTopics topics =
            new WorkloadTopics(TopicName.of("akri-mqtt/workloads/kept-" + COUNT.incrementAndGet()));
    private final List<Workload> workloads = new ArrayList<>();

    /** A keeper with a client of its own. */
    private final class Workload implements CommandKeeper.Listener {

        final PubSubClient client;
        final RetainedKeeper keeper;
        final List<String> found = new CopyOnWriteArrayList<>();
        final AtomicInteger loaded = new AtomicInteger();
        final Set<String> minds = ConcurrentHashMap.newKeySet();
        final List<String> events = new CopyOnWriteArrayList<>();

        Workload(ServerUrl server, ProtocolVersion protocol, String name) {
            var session = SessionOptions.clean(name).withProtocol(protocol);
            client = MqttPubSubClient.create(server, Credentials.NONE, TlsOptions.DEFAULT, session);
            var fence = SessionFence.of(client, topics.fence(name));
            keeper = RetainedKeeper.create(client, fence, topics, name, "", InstantSource.system());
            keeper.listen(this);
            workloads.add(this);
            client.connect();
        }

        Workload awaitLoaded() {
            await().atMost(SOON).until(() -> loaded.get() == 1);
            return this;
        }

        void keep(String id) {
            minds.add(id);
            keeper.keep(record(id, null), true).join();
        }

        @Override
        public void found(CommandRecord command, String answers) {
            found.add(command.id());
            minds.add(command.id());
        }

        @Override
        public void contested(CommandRecord theirs, boolean lost) {
            events.add((lost ? "lost " : "ours ") + theirs.id());
            if (lost) {
                minds.remove(theirs.id());
            } else {
                var _ = keeper.keep(record(theirs.id(), null), false);
            }
        }

        @Override
        public void loaded() {
            loaded.incrementAndGet();
        }
    }

    private static CommandRecord record(String id, @Nullable Instant sent) {
        var now = InstantSource.system().instant();
        var deadline = sent == null ? null : sent.plusSeconds(60);
        return new CommandRecord(id, 1, ORDER, "", now, now.plusSeconds(60), sent, deadline, null, null);
    }

    private static String id(int last) {
        return "0193a0b1c2d37e4f8a5b6c7d8e9f0a%02d".formatted(last);
    }

    @AfterEach
    void close() {
        workloads.forEach(workload -> workload.client.close());
    }

    @EachServer
    void records_are_left_to_a_workload_that_lives_and_taken_over_when_it_has_gone(ServerCase on) {
        MonitorProcess.thinOut(on, false);
        var name = "w" + COUNT.incrementAndGet();
        var first = new Workload(on.url(), on.protocol(), name + "-1").awaitLoaded();
        first.keep(id(1));
        var second = new Workload(on.url(), on.protocol(), name + "-2").awaitLoaded();
        second.keep(id(2));

        assertThat(second.found).isEmpty();
        assertThat(first.found).isEmpty();
        assertThat(first.keeper.state().durable()).isTrue();

        // The pod moves: its next process has another name, and only the dead one's record is its own.
        first.client.close();
        var third = new Workload(on.url(), on.protocol(), name + "-3").awaitLoaded();
        await().atMost(SOON).untilAsserted(() -> assertThat(third.found).containsExactly(id(1)));

        // What was taken over belongs to the new one: a fourth leaves it alone, and what is forgotten is gone.
        third.keeper.forget(id(1));
        second.client.close();
        var fourth = new Workload(on.url(), on.protocol(), name + "-4").awaitLoaded();
        await().atMost(SOON).untilAsserted(() -> assertThat(fourth.found).containsExactly(id(2)));
    }

    /** What was waiting when the second one came may be done when the first one goes. */
    @Test
    void what_another_has_kept_is_taken_over_as_it_was_last() {
        try (var server = MosquittoServer.start()) {
            var first = new Workload(server.url(), ProtocolVersion.MQTT_5, "first").awaitLoaded();
            first.keep(id(1));
            first.keep(id(2));
            var second = new Workload(server.url(), ProtocolVersion.MQTT_5, "second").awaitLoaded();
            first.keeper.forget(id(1));
            first.keep(id(3));
            first.client.close();

            await().atMost(SOON).until(() -> second.found.size() >= 2);
            assertThat(second.found).containsExactlyInAnyOrder(id(2), id(3));
        }
    }

    @EachServer
    void two_that_take_over_at_a_time_agree_on_who_minds_what(ServerCase on) {
        var name = "w" + COUNT.incrementAndGet();
        var ids = IntStream.range(0, 20).mapToObj(RetainedKeeperTest::id).toList();
        var dead = new Workload(on.url(), on.protocol(), name + "-1").awaitLoaded();
        ids.forEach(dead::keep);
        dead.client.close();

        var second = new Workload(on.url(), on.protocol(), name + "-2");
        var third = new Workload(on.url(), on.protocol(), name + "-3");
        second.awaitLoaded();
        third.awaitLoaded();

        await().atMost(SOON).untilAsserted(() -> {
            assertThat(Stream.concat(second.minds.stream(), third.minds.stream()))
                    .containsExactlyInAnyOrderElementsOf(ids);
        });
        assertThat(second.found).doesNotHaveDuplicates();
        assertThat(third.found).doesNotHaveDuplicates();
    }

    /** The rival's records are written by hand. */
    @EachServer
    void the_later_term_has_a_record_and_within_a_term_the_lesser_name(ServerCase on) {
        var name = "m" + COUNT.incrementAndGet();
        var workload = new Workload(on.url(), on.protocol(), name).awaitLoaded();
        IntStream.range(1, 5).forEach(i -> workload.keep(id(i)));
        try (var rival =
                TestClient.connect(on.url(), on.protocol(), topics.queued(id(3)).value())) {
            rival.publish(written(id(1), "z" + name, 2));
            rival.publish(written(id(2), "a" + name, 1));
            rival.publish(written(id(3), "z" + name, 1));

            await().atMost(SOON).until(() -> workload.events.size() >= 3);
            assertThat(workload.events).containsExactlyInAnyOrder("lost " + id(1), "lost " + id(2), "ours " + id(3));
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(rival.received())
                            .last()
                            .extracting(RetainedKeeperTest::owner)
                            .isEqualTo(name));

            // It is about to send the fourth one when another one has it.
            rival.publish(written(id(4), "z" + name, 2));
            var sending =
                    workload.keeper.keep(record(id(4), InstantSource.system().instant()), true);
            var _ = sending.thenRun(() -> workload.events.add("may send"));
            await().atMost(SOON).until(() -> workload.events.size() >= 4);
            assertThat(workload.events.get(3)).isEqualTo("lost " + id(4));
        }
    }

    private Message written(String id, String owner, long term) {
        var kept = new RecordCodec.Kept(record(id, null), owner, "", new RecordCodec.Stamp(term, 1));
        return Message.to(topics.queued(id))
                .payload(RecordCodec.write(kept))
                .retain(true)
                .build();
    }

    private static String owner(Message record) {
        return RecordCodec.read(record.payload()).orElseThrow().owner();
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void a_server_that_does_not_let_it_keep_leaves_it_to_memory_and_that_is_said(ProtocolVersion protocol) {
        var own = topics.state();
        try (var server = MosquittoServer.options()
                .acl("topic readwrite " + own + "/fence/#\ntopic readwrite " + own + "/claims/#\ntopic read " + own
                        + "/queue/#")
                .start()) {
            var workload = new Workload(server.url(), protocol, "denied").awaitLoaded();
            workload.keep(id(1));

            await().atMost(SOON)
                    .untilAsserted(
                            () -> assertThat(workload.keeper.state().durable()).isFalse());
            assertThat(workload.keeper.state().problem())
                    .startsWith(
                            protocol == ProtocolVersion.MQTT_5
                                    ? "the MQTT server refuses to keep commands: "
                                    : "the MQTT server does not give back what it is to keep");
            // Commands are taken all the same, in memory.
            workload.keep(id(2));
            workload.keeper.forget(id(2));
        }
    }

    @Test
    void a_server_without_retained_messages_says_so() {
        try (var server =
                MosquittoServer.options().line("retain_available false").start()) {
            var workload = new Workload(server.url(), ProtocolVersion.MQTT_5, "unretained").awaitLoaded();

            await().atMost(SOON)
                    .untilAsserted(
                            () -> assertThat(workload.keeper.state().durable()).isFalse());
            assertThat(workload.keeper.state().problem())
                    .endsWith("commands that wait are lost when this workload ends");
        }
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void a_server_that_takes_what_it_does_not_show_again_does_not_count(ProtocolVersion protocol) {
        var own = topics.state();
        try (var server = MosquittoServer.options()
                .acl("topic readwrite " + own + "/fence/#\ntopic readwrite " + own + "/claims/#\ntopic write " + own
                        + "/queue/+")
                .start()) {
            var workload = new Workload(server.url(), protocol, "blind").awaitLoaded();

            await().atMost(SOON)
                    .untilAsserted(
                            () -> assertThat(workload.keeper.state().durable()).isFalse());
            assertThat(workload.keeper.state().problem())
                    .startsWith("the MQTT server does not give back what it is to keep");
        }
    }
}
