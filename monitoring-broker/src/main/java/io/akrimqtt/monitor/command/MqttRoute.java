package io.akrimqtt.monitor.command;

import io.akrimqtt.messaging.client.Delivery;
import io.akrimqtt.messaging.client.PubSubClient;
import io.akrimqtt.messaging.client.SubscribeOptions;
import io.akrimqtt.messaging.rpc.CommandCall;
import io.akrimqtt.messaging.rpc.CommandEvent;
import io.akrimqtt.messaging.rpc.CommandInvoker;
import io.akrimqtt.messaging.rpc.CommandRequest;
import io.akrimqtt.messaging.rpc.CommandTopics;
import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.messaging.topic.TopicTemplate;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The way over one MQTT server. Thread-safe. */
public final class MqttRoute implements CommandRoute, AutoCloseable {

    /** How many places of earlier processes are listened at. */
    private static final int MAX_PLACES = 16;

    private final PubSubClient client;
    private final CommandInvoker invoker;
    private final ChosenIds ids;
    private final Answers answers;
    private final String place;
    private final Set<String> calls = ConcurrentHashMap.newKeySet();
    private final Set<String> places = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Listener listener;

    private MqttRoute(
            PubSubClient client, CommandTopics topics, String clientId, InstantSource clock, RandomGenerator random) {
        this.client = client;
        ids = new ChosenIds(clock, random);
        answers = new Answers(topics);
        var response = topics.response();
        place = response == null ? "" : response.filter().value();
        invoker = CommandInvoker.create(client, topics, clientId, ids, ids);
        client.onConnection(_ -> changed());
    }

    /**
     * Subscribes for answers; call it before the client connects.
     *
     * @param clientId the client's, for the default topic of answers
     */
    public static MqttRoute create(
            PubSubClient client, CommandTopics topics, String clientId, InstantSource clock, RandomGenerator random) {
        var route = new MqttRoute(client, explicit(topics, clientId), clientId, clock, random);
        route.subscribe(route.place, false);
        return route;
    }

    /** With the default topic of answers written out, so that what is listened at is known here. */
    private static CommandTopics explicit(CommandTopics topics, String clientId) {
        if (topics.response() != null) {
            return topics;
        }
        var response = TopicTemplate.of("clients/{client}/responses").fill("client", clientId);
        return new CommandTopics(topics.request(), response);
    }

    private void subscribe(String filter, boolean elsewhere) {
        if (!filter.isEmpty() && places.size() < MAX_PLACES && places.add(filter)) {
            var options = SubscribeOptions.of(TopicFilter.of(filter)).live();
            client.subscribe(options, delivery -> overheard(delivery, elsewhere));
        }
    }

    private void overheard(Delivery delivery, boolean elsewhere) {
        var told = listener;
        if (told != null && !delivery.message().retain()) {
            answers.read(delivery.message())
                    .filter(answer -> elsewhere || !calls.contains(answer.id()))
                    .ifPresent(answer -> told.overheard(answer.id(), answer.event()));
        }
    }

    private void changed() {
        var told = listener;
        if (told != null) {
            told.changed();
        }
    }

    @Override
    public boolean connected() {
        return client.connected();
    }

    @Override
    public void listen(Listener value) {
        listener = value;
    }

    @Override
    public CommandCall invoke(String id, CommandRequest request, Consumer<CommandEvent> told) {
        if (!request.oneWay()) {
            calls.add(id);
        }
        ids.choose(id);
        return invoker.invoke(request, event -> {
            if (event instanceof CommandEvent.Answered
                    || event instanceof CommandEvent.Failed
                    || (request.oneWay() && event instanceof CommandEvent.Published)) {
                ids.drop(id);
                calls.remove(id);
            }
            told.accept(event);
        });
    }

    @Override
    public String answers() {
        return place;
    }

    @Override
    public void listenAt(String elsewhere) {
        if (!elsewhere.equals(place) && TopicFilter.problem(elsewhere).isEmpty()) {
            subscribe(elsewhere, true);
        }
    }

    /** Ends all calls. */
    @Override
    public void close() {
        invoker.close();
    }
}
