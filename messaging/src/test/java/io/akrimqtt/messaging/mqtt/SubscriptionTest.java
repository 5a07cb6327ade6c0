package io.akrimqtt.messaging.mqtt;

import static io.akrimqtt.messaging.mqtt.Recorder.client;
import static io.akrimqtt.messaging.mqtt.Recorder.topic;
import static io.akrimqtt.messaging.mqtt.Recorder.unique;
import static io.akrimqtt.messaging.testing.Patience.await;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.messaging.client.PayloadCodec;
import io.akrimqtt.messaging.client.PubSubClient;
import io.akrimqtt.messaging.client.SubscribeOptions;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.testing.EachServer;
import io.akrimqtt.messaging.testing.FaultProxy;
import io.akrimqtt.messaging.testing.ServerCase;
import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.messaging.topic.TopicName;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

class SubscriptionTest {

    private static void retain(PubSubClient client, String name, String text) throws Exception {
        client.publish(Message.to(topic(name)).text(text).retain(true).build()).get(60, SECONDS);
    }

    @EachServer
    void retained_messages_come_with_the_flag_at_each_subscribe(ServerCase server) throws Exception {
        var name = unique("retained");
        var recorder = new Recorder();
        try (var publisher = client(server.url(), server.clean(name + "-p"));
                var client = client(server.url(), server.clean(name))) {
            new Recorder().connect(publisher);
            retain(publisher, name, "kept");
            client.subscribe(TopicFilter.of(name), recorder);
            recorder.connect(client).awaitMessages(1);
            retain(publisher, name, "");
            recorder.awaitMessages(2);
        }
        assertThat(recorder.texts()).containsExactly("kept", "");
        assertThat(recorder.messages()).extracting(Message::retain).containsExactly(true, false);
    }

    @EachServer
    void live_subscriptions_get_no_retained_messages_and_keep_the_flag_as_published(ServerCase server)
            throws Exception {
        if (!server.mqtt5()) {
            return;
        }
        var name = unique("live");
        var recorder = new Recorder();
        try (var client = client(server.url(), server.clean(name))) {
            new Recorder().connect(client);
            retain(client, name, "old");
            client.subscribe(SubscribeOptions.of(TopicFilter.of(name)).live(), recorder)
                    .granted()
                    .get(60, SECONDS);
            retain(client, name, "new");
            recorder.awaitMessages(1);
            retain(client, name, "");
        }
        assertThat(recorder.messages().getFirst().text()).isEqualTo("new");
        assertThat(recorder.messages().getFirst().retain()).isTrue();
    }

    @EachServer
    void the_last_will_is_published_when_the_connection_dies(ServerCase server) {
        var name = unique("will");
        var recorder = new Recorder();
        try (var watcher = client(server.url(), server.clean(name + "-w"));
                var proxy = FaultProxy.before(server.url());
                var device = client(proxy.url(), server.clean(name).withWill(Message.of(topic(name), "gone")))) {
            watcher.subscribe(TopicFilter.of(name), recorder);
            recorder.connect(watcher);
            new Recorder().connect(device);
            proxy.cut();
            recorder.awaitMessages(1);
        }
        assertThat(recorder.texts()).containsExactly("gone");
    }

    @EachServer
    void closing_takes_the_last_will_back_and_waits_for_nothing(ServerCase server) throws Exception {
        var name = unique("will");
        var recorder = new Recorder();
        try (var watcher = client(server.url(), server.clean(name + "-w"))) {
            watcher.subscribe(TopicFilter.of(name), recorder);
            recorder.connect(watcher);
            var device = client(server.url(), server.clean(name).withWill(Message.of(topic(name), "gone")));
            new Recorder().connect(device);
            long start = System.nanoTime();
            device.close();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
            watcher.publish(Message.of(topic(name), "fence")).get(60, SECONDS);
            recorder.awaitMessages(1);
        }
        assertThat(recorder.texts()).containsExactly("fence");
    }

    @EachServer
    void each_listener_gets_what_its_filter_matches_until_it_is_closed(ServerCase server) throws Exception {
        var name = unique("listeners");
        var all = new Recorder();
        var one = new Recorder();
        var same = new Recorder();
        try (var client = client(server.url(), server.clean(name))) {
            client.subscribe(TopicFilter.of(name + "/#"), all);
            client.subscribe(TopicFilter.of("$SYS/nothing"), one);
            var toClose = client.subscribe(TopicFilter.of(name + "/#"), same);
            all.connect(client);
            client.publish(Message.of(topic(name + "/a"), "1")).get(60, SECONDS);
            all.awaitMessages(1);
            same.awaitMessages(1);
            toClose.close();
            client.publish(Message.of(topic(name + "/b"), "2")).get(60, SECONDS);
            all.awaitMessages(2);
        }
        assertThat(all.texts()).containsExactly("1", "2");
        assertThat(same.texts()).containsExactly("1");
        assertThat(one.texts()).isEmpty();
    }

    @EachServer
    void a_listener_that_fails_and_a_payload_that_cannot_be_read_stop_nothing(ServerCase server) throws Exception {
        var name = unique("failing");
        var values = new CopyOnWriteArrayList<Integer>();
        var refused = new CopyOnWriteArrayList<String>();
        var codec = new NumberCodec();
        try (var client = client(server.url(), server.clean(name))) {
            client.subscribe(TopicFilter.of(name), _ -> {
                throw new IllegalStateException("planned");
            });
            client.subscribe(
                    TopicFilter.of(name), codec, (_, value) -> values.add(value), (it, _) -> refused.add(it.text()));
            new Recorder().connect(client);
            for (var text : List.of("1", "x", "2")) {
                client.publish(Message.of(topic(name), text)).get(60, SECONDS);
            }
            await().until(() -> values.size() == 2);
        }
        assertThat(values).containsExactly(1, 2);
        assertThat(refused).containsExactly("x");
    }

    private static final class NumberCodec implements PayloadCodec<Integer> {
        @Override
        public Message encode(TopicName topic, Integer value) {
            return Message.of(topic, value.toString());
        }

        @Override
        public Integer decode(Message message) {
            return Integer.valueOf(message.text());
        }
    }
}
