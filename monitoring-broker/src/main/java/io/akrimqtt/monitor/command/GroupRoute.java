package io.akrimqtt.monitor.command;

import io.akrimqtt.messaging.client.ConnectionEvent;
import io.akrimqtt.messaging.client.ProtocolVersion;
import io.akrimqtt.messaging.client.PubSubClient;
import io.akrimqtt.messaging.rpc.CommandCall;
import io.akrimqtt.messaging.rpc.CommandEvent;
import io.akrimqtt.messaging.rpc.CommandRequest;
import io.akrimqtt.messaging.rpc.CommandTopics;
import io.akrimqtt.messaging.rpc.InvokerOptions;
import io.akrimqtt.messaging.rpc.Origin;
import io.akrimqtt.messaging.topic.TopicName;
import io.akrimqtt.monitor.device.MemberTopics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The ways to the devices of a group over one MQTT server: one each, made when it is first commanded. Thread-safe. */
public final class GroupRoute implements CommandRoute {

    /** How many devices may be commanded during a process' life. */
    static final int MAX_MEMBERS = 1_000;

    private final PubSubClient client;
    private final MemberTopics members;
    private final InvokerOptions options;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Map<String, MqttRoute> routes = new ConcurrentHashMap<>();
    private volatile @Nullable ProtocolVersion spoken;
    private final ListenerSlot listener = new ListenerSlot();

    private GroupRoute(
            PubSubClient client,
            MemberTopics members,
            InvokerOptions options,
            InstantSource clock,
            RandomGenerator random) {
        this.client = client;
        this.members = members;
        this.options = options;
        this.clock = clock;
        this.random = random;
    }

    /** Listens to a client that is not connecting yet. */
    public static GroupRoute create(
            PubSubClient client,
            MemberTopics members,
            InvokerOptions options,
            InstantSource clock,
            RandomGenerator random) {
        var route = new GroupRoute(client, members, options, clock, random);
        client.onConnection(route::on);
        return route;
    }

    private void on(ConnectionEvent event) {
        if (event instanceof ConnectionEvent.Connected(var _, var protocol)) {
            spoken = protocol;
        }
        listener.changed();
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
    public CommandCall invoke(String id, CommandRequest request, Consumer<CommandEvent> told) {
        return invoke(id, "", request, told);
    }

    @Override
    public CommandCall invoke(String id, String member, CommandRequest request, Consumer<CommandEvent> told) {
        return route(member).map(route -> route.invoke(id, request, told)).orElseGet(() -> {
            var text = MAX_MEMBERS + " devices of the group were commanded since the start (expected: fewer)";
            told.accept(new CommandEvent.Failed(429, Origin.CALLER, true, text));
            return () -> {};
        });
    }

    /** Where all answers come that have no topic of the devices. */
    @Override
    public String answers() {
        return members.response() == null
                ? CommandTopics.defaultResponse(options.clientId()).topic() + "/#"
                : "";
    }

    @Override
    public void listenAt(String answers) {}

    @Override
    public void listenAt(String member, String answers) {
        route(member).ifPresent(route -> route.listenAt(answers));
    }

    @Override
    public void expect(String member, String id, Duration time) {
        route(member).ifPresent(route -> route.expect(member, id, time));
    }

    private Optional<MqttRoute> route(String member) {
        @Nullable MqttRoute known = routes.get(member);
        if (known != null) {
            return Optional.of(known);
        }
        return routes.size() >= MAX_MEMBERS
                ? Optional.empty()
                : members.member(member).map(topic -> routes.computeIfAbsent(member, _ -> open(topic)));
    }

    private MqttRoute open(TopicName member) {
        var topics = members.commands(member);
        var own = topics.response() != null
                ? topics
                : new CommandTopics(topics.request(), CommandTopics.defaultResponse(options.clientId(), member));
        var route = MqttRoute.create(client, own, options.withSpoken(spoken), clock, random);
        route.listen(new Listener() {
            @Override
            public void changed() {
                // Of the connection the group's own listener tells.
            }

            @Override
            public void overheard(String id, CommandEvent event) {
                listener.overheard(id, event);
            }
        });
        return route;
    }

    /** Ends all calls. */
    @Override
    public void close() {
        routes.values().forEach(MqttRoute::close);
    }
}
