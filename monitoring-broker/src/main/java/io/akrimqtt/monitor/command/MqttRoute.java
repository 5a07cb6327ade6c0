package io.akrimqtt.monitor.command;

import io.akrimqtt.messaging.client.PubSubClient;
import io.akrimqtt.messaging.rpc.CommandCall;
import io.akrimqtt.messaging.rpc.CommandEvent;
import io.akrimqtt.messaging.rpc.CommandInvoker;
import io.akrimqtt.messaging.rpc.CommandRequest;
import io.akrimqtt.messaging.rpc.CommandTopics;
import io.akrimqtt.messaging.rpc.InvokerOptions;
import io.akrimqtt.messaging.rpc.Origin;
import io.akrimqtt.messaging.rpc.StrayAnswer;
import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.messaging.topic.TopicTemplate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** The way to one device over one MQTT server. Thread-safe. */
public final class MqttRoute implements CommandRoute {

    private final PubSubClient client;
    private final CommandInvoker invoker;
    private final TopicTemplate request;
    private final ListenerSlot listener = new ListenerSlot();

    private MqttRoute(PubSubClient client, CommandTopics topics, CommandInvoker invoker) {
        this.client = client;
        this.invoker = invoker;
        request = topics.request();
    }

    /**
     * Subscribes for answers; call it before the client connects, or say what it speaks.
     *
     * @param options how the device is asked
     */
    public static MqttRoute create(
            PubSubClient client,
            CommandTopics topics,
            InvokerOptions options,
            InstantSource clock,
            RandomGenerator random) {
        var invoker = CommandInvoker.create(client, topics, options, clock, random);
        var route = new MqttRoute(client, topics, invoker);
        invoker.onStray(route::overheard);
        client.onConnection(_ -> route.listener.changed());
        return route;
    }

    private void overheard(StrayAnswer answer) {
        listener.overheard(CommandIds.text(answer.correlation()), answer.event());
    }

    @Override
    public boolean connected() {
        return client.connected();
    }

    @Override
    public void listen(Listener value) {
        listener.set(value);
    }

    @Override
    public CommandCall invoke(String id, CommandRequest asked, Consumer<CommandEvent> told) {
        var only = onlyCommand();
        if (!only.isEmpty() && !only.equals(asked.command())) {
            told.accept(new CommandEvent.Failed(
                    404, Origin.CALLER, false, "the device takes one command alone (expected: '" + only + "')"));
            return () -> {};
        }
        return invoker.invoke(asked, CommandIds.uuid(id), told);
    }

    /** The last level of a topic that has no place for a command's name, else empty. */
    private String onlyCommand() {
        var topic = request.open().contains("command") ? "" : request.filter().value();
        return topic.substring(topic.lastIndexOf('/') + 1);
    }

    @Override
    public String answers() {
        return invoker.answers().value();
    }

    @Override
    public void listenAt(String elsewhere) {
        if (!elsewhere.isEmpty() && TopicFilter.problem(elsewhere).isEmpty()) {
            invoker.listenAt(TopicFilter.of(elsewhere));
        }
    }

    @Override
    public void expect(String member, String id, Duration time) {
        invoker.expect(CommandIds.uuid(id), time);
    }

    /** Ends all calls. */
    @Override
    public void close() {
        invoker.close();
    }
}
