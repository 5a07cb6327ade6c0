package io.akrimqtt.monitor.command;

import static org.awaitility.Awaitility.await;

import io.akrimqtt.messaging.client.Credentials;
import io.akrimqtt.messaging.client.ServerUrl;
import io.akrimqtt.messaging.client.TlsOptions;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.mqtt.MqttPubSubClient;
import io.akrimqtt.messaging.rpc.CommandTopics;
import io.akrimqtt.messaging.rpc.InvokerOptions;
import io.akrimqtt.messaging.rpc.Payload;
import io.akrimqtt.messaging.rpc.WayOfAsking;
import io.akrimqtt.messaging.testing.ServerCase;
import io.akrimqtt.messaging.topic.TopicName;
import io.akrimqtt.messaging.topic.TopicTemplate;
import io.akrimqtt.monitor.command.keep.RetainedKeeper;
import io.akrimqtt.monitor.command.life.CommandOrder;
import io.akrimqtt.monitor.command.life.CommandOutcome;
import io.akrimqtt.monitor.command.life.CommandState;
import io.akrimqtt.monitor.command.life.CommandUpdate;
import io.akrimqtt.monitor.command.life.QueueRules;
import io.akrimqtt.monitor.command.life.SendingOrder;
import io.akrimqtt.monitor.device.SessionFence;
import io.akrimqtt.monitor.device.WorkloadTopics;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** What takes commands for one device over a real MQTT server and keeps them there. */
final class OverMqtt implements AutoCloseable {

    static final Duration SOON = Duration.ofSeconds(60);

    private static final AtomicInteger COUNT = new AtomicInteger();

    final ServerCase on;
    final String id;
    final String name;
    final DeviceCommands commands;

    private final List<PlainDevice> devices = new CopyOnWriteArrayList<>();
    private final List<Runnable> parts = new ArrayList<>();

    /** With the way that this version of MQTT has. */
    OverMqtt(ServerCase on, QueueRules rules) {
        this(on, on.url(), rules, newId(), "workload");
    }

    static String newId() {
        return "pump-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
    }

    /** One of several workloads of a device, over a way of its own to the server. */
    OverMqtt(ServerCase on, ServerUrl way, QueueRules rules, String id, String pod) {
        this(on, way, rules, id, pod, topics(on, id), WayOfAsking.TOPICS);
    }

    /** For a device that echoes nothing. */
    static OverMqtt singleFlight(ServerCase on, ServerUrl way, String id) {
        var topics = new CommandTopics(TopicTemplate.of(id + "/cmd/{command}"), TopicTemplate.of(id + "/res"));
        var rules = QueueRules.DEFAULT.with(SendingOrder.AFTER_RESPONSE).withWritten(true);
        return new OverMqtt(on, way, rules, id, "single", topics, WayOfAsking.SINGLE_FLIGHT);
    }

    private OverMqtt(
            ServerCase on,
            ServerUrl way,
            QueueRules rules,
            String id,
            String pod,
            CommandTopics topics,
            WayOfAsking asking) {
        this.on = on;
        this.id = id;
        this.name = pod + "-" + id;
        var client = MqttPubSubClient.create(way, Credentials.NONE, TlsOptions.DEFAULT, on.clean(name));
        var clock = InstantSource.system();
        var workload = new WorkloadTopics(TopicName.of("akri-mqtt/workloads/" + id));
        var fence = SessionFence.of(client, workload.fence(name));
        var route =
                MqttRoute.create(client, topics, InvokerOptions.of(name).withWay(asking), clock, new SecureRandom());
        var keeper = RetainedKeeper.create(client, fence, workload, name, route.answers(), clock);
        commands = DeviceCommands.start(List.of(route), rules, keeper, clock, new SecureRandom());
        parts.addAll(List.of(route::close, client::close, commands::close));
        client.connect();
        await().atMost(SOON).until(client::connected);
    }

    private static CommandTopics topics(ServerCase on, String id) {
        return on.mqtt5()
                ? new CommandTopics(TopicTemplate.of(id + "/cmd/{command}"), null)
                : new CommandTopics(
                        TopicTemplate.of(id + "/cmd/{request}/{command}"),
                        TopicTemplate.of(id + "/res/{request}/{status}"));
    }

    /** Brings a device that gives these answers to each request. */
    PlainDevice device(Function<Message, List<Message>> answers) {
        var device = new PlainDevice(on, id, answers);
        devices.add(device);
        return device;
    }

    /** Brings one that says nothing by itself. */
    PlainDevice silent() {
        return device(_ -> List.of());
    }

    Message answer(Message request, int status, String text) {
        return answerAs(request, Integer.toString(status), text).build();
    }

    Message.Builder answerAs(Message request, String status, String text) {
        return PlainDevice.answer(on, id, request, status).text(text);
    }

    /** What its devices got. */
    List<Message> requests() {
        return devices.stream().flatMap(device -> device.requests.stream()).toList();
    }

    /** Orders something and gives what is told of it, as it comes. */
    List<CommandUpdate> invoke(CommandOrder order) {
        var updates = new CopyOnWriteArrayList<CommandUpdate>();
        commands.invoke(order, updates::add);
        return updates;
    }

    static CommandOrder order(String payload) {
        return new CommandOrder("start", Payload.text(payload), SOON, false);
    }

    /** What is told of an order, and how it came to the device. */
    record Reached(List<CommandUpdate> updates, Message request) {}

    /** Orders something that may take 1 s, until it has come to a device: where a machine is held up its time is over before. */
    Reached reaching() {
        for (int attempt = 0; attempt < 20; attempt++) {
            var text = "attempt " + attempt;
            var updates = invoke(new CommandOrder("start", Payload.text(text), Duration.ofSeconds(1), false));
            await().atMost(SOON)
                    .until(() -> request(text).isPresent()
                            || updates.stream()
                                    .anyMatch(update -> update.outcome().last()));
            var came = request(text);
            if (came.isPresent()) {
                return new Reached(updates, came.get());
            }
        }
        throw new AssertionError("no order came to the device within its time");
    }

    private Optional<Message> request(String text) {
        return requests().stream()
                .filter(request -> request.text().equals(text))
                .findFirst();
    }

    /** Waits for the end. */
    static CommandOutcome last(List<CommandUpdate> updates) {
        await().atMost(SOON.multipliedBy(2))
                .until(() ->
                        updates.stream().anyMatch(update -> update.outcome().last()));
        return updates.getLast().outcome();
    }

    static List<CommandState> states(List<CommandUpdate> updates) {
        return updates.stream().map(update -> update.outcome().state()).toList();
    }

    /** The payloads of what the device got, in their order, each once: a server may send one again. */
    List<String> got() {
        return requests().stream().map(Message::text).distinct().toList();
    }

    @Override
    public void close() {
        devices.forEach(PlainDevice::close);
        parts.forEach(Runnable::run);
    }
}
