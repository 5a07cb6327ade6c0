package io.akrimqtt.messaging.rpc;

import static io.akrimqtt.messaging.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.messaging.client.ConnectionEvent;
import io.akrimqtt.messaging.client.Credentials;
import io.akrimqtt.messaging.client.PubSubClient;
import io.akrimqtt.messaging.client.ServerUrl;
import io.akrimqtt.messaging.client.SessionOptions;
import io.akrimqtt.messaging.client.SubscribeOptions;
import io.akrimqtt.messaging.client.TlsOptions;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.mqtt.MqttPubSubClient;
import io.akrimqtt.messaging.testing.ServerCase;
import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.messaging.topic.TopicName;
import io.akrimqtt.messaging.topic.TopicTemplate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;

/** A caller and a device of its own for each test. */
abstract class TwoClients {

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    final String device = "plant/" + getClass().getSimpleName() + "-" + NUMBERS.incrementAndGet();
    final List<AutoCloseable> toClose = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (var each : toClose.reversed()) {
            each.close();
        }
    }

    CommandTopics properties() {
        return new CommandTopics(topics("{device}/cmd/{command}"), null);
    }

    CommandTopics ids() {
        return new CommandTopics(topics("{device}/cmd/{request}/{command}"), topics("{device}/res/{request}/{status}"));
    }

    TopicTemplate topics(String text) {
        return TopicTemplate.of(text).fill("device", TopicName.of(device));
    }

    /** The way that works on this version of MQTT. */
    CommandTopics best(ServerCase server) {
        return server.mqtt5() ? properties() : ids();
    }

    PubSubClient client(ServerCase server, String name) {
        return client(server.url(), server.clean(device.replace('/', '-') + name));
    }

    PubSubClient client(ServerUrl url, SessionOptions options) {
        var client = MqttPubSubClient.create(url, Credentials.NONE, TlsOptions.DEFAULT, options);
        toClose.add(client);
        return client;
    }

    static PubSubClient connect(PubSubClient client) {
        var subscribed = new AtomicBoolean();
        client.onConnection(event -> subscribed.compareAndSet(false, event instanceof ConnectionEvent.Subscribed));
        client.connect();
        await().untilTrue(subscribed);
        return client;
    }

    /** Connects and keeps what comes. */
    List<Message> listen(PubSubClient client, String filter) {
        var came = new CopyOnWriteArrayList<Message>();
        client.subscribe(SubscribeOptions.of(TopicFilter.of(filter)), delivery -> came.add(delivery.message()));
        connect(client);
        return came;
    }

    CommandInvoker invoker(ServerCase server, CommandTopics topics) {
        return invoker(server, topics, InvokerOptions.of("caller"));
    }

    CommandInvoker invoker(ServerCase server, CommandTopics topics, InvokerOptions options) {
        var client = client(server, "-caller");
        var invoker =
                CommandInvoker.create(client, topics, options, InstantSource.system(), RandomGenerator.getDefault());
        toClose.add(invoker);
        connect(client);
        return invoker;
    }

    PubSubClient executor(ServerCase server, CommandTopics topics, Map<String, CommandHandler> handlers) {
        return executor(server, topics, ExecutorOptions.DEFAULT, handlers);
    }

    PubSubClient executor(
            ServerCase server, CommandTopics topics, ExecutorOptions options, Map<String, CommandHandler> handlers) {
        var client = client(server, "-device");
        toClose.add(CommandExecutor.create(client, topics, handlers, options, InstantSource.system()));
        return connect(client);
    }

    /** A command that its device has got and leaves without an answer. */
    record Unanswered(Message request, Calls calls, List<CommandEvent.Answered> late) {}

    /**
     * Asks again with more time until there was enough for this machine to bring the request to the device.
     *
     * @param requests what the device has got
     */
    static Unanswered unanswered(CommandInvoker invoker, List<Message> requests) {
        for (int millis = 300; ; millis *= 2) {
            var command = "silent-" + millis;
            var calls = new Calls();
            var late = new CopyOnWriteArrayList<CommandEvent.Answered>();
            invoker.invoke(CommandRequest.of(command, Payload.EMPTY, Duration.ofMillis(millis)), calls, late::add);
            assertThat(calls.failure())
                    .isEqualTo(new CommandEvent.Failed(504, Origin.DEVICE, true, "no answer within " + millis + " ms"));
            var came = requests.stream()
                    .filter(it -> it.topic().value().endsWith("/" + command))
                    .findFirst();
            if (millis > 20_000 || (came.isPresent() && calls.events.size() == 2)) {
                return new Unanswered(came.orElseThrow(), calls, late);
            }
        }
    }

    static CommandRequest request(String command, String text) {
        return CommandRequest.of(command, Payload.text(text), Duration.ofSeconds(60));
    }
}
