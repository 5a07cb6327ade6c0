package io.akrimqtt.cli.agent;

import io.akrimqtt.cli.agent.AgentEvent.Cause;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** Drives a core by hand and keeps what it wanted. */
final class AgentStory {

    static final String NODE = "node-a";

    private final AgentCore core = new AgentCore(NODE, LocalAgentSettings.Timing.AKRI);
    private final Deque<Input> inputs = new ArrayDeque<>();
    private final TestApi api = new TestApi(
            view -> inputs.add(new Input.InstanceSeen(view)),
            (namespace, name) -> inputs.add(new Input.InstanceGone(namespace, name)));
    private final List<Effect> effects = new ArrayList<>();
    private long calls;

    /** A Configuration of handler {@code mqtt} without properties. */
    static AgentConfiguration configuration(String name) {
        return configuration(name, "mqtt", "details", Map.of());
    }

    static AgentConfiguration configuration(
            String name, String handler, String details, Map<String, String> brokerProperties) {
        return new AgentConfiguration(name, handler, details, Map::of, 1, brokerProperties);
    }

    static ReportedDevice device(String id) {
        return new ReportedDevice(id, Map.of("MQTT_DEVICE_ID", id), true);
    }

    /** Takes an input, and makes what it wants written at once. */
    AgentStory on(Input input) {
        inputs.add(input);
        while (!inputs.isEmpty()) {
            for (var effect : core.on(inputs.remove())) {
                effects.add(effect);
                if (effect instanceof Effect.Settle(var key, var attempt, var calls)) {
                    var done = calls.stream()
                            .map(call -> new Input.Done(call, api.call(call)))
                            .toList();
                    inputs.add(new Input.Settled(key, attempt, done, List.of(), null));
                }
            }
        }
        return this;
    }

    /** Registers {@code mqtt} at an address; answers the call's number. */
    long register(String address) {
        return register("mqtt", address);
    }

    long register(String handler, String address) {
        long call = ++calls;
        on(new Input.Registered(call, new Endpoint(call, handler, address, Endpoint.Kind.UDS, true)));
        return call;
    }

    AgentStory apply(AgentConfiguration configuration) {
        return on(new Input.Applied(configuration));
    }

    AgentStory answer(long stream) {
        return on(new Input.Answered(stream));
    }

    AgentStory list(long stream, String... ids) {
        return on(new Input.Listed(
                stream, Arrays.stream(ids).map(AgentStory::device).toList()));
    }

    AgentStory end(long stream) {
        return on(new Input.Ended(stream, "the handler ended it"));
    }

    AgentStory refuse(long stream, Cause cause) {
        return on(new Input.Refused(stream, new Refusal(cause, "because")));
    }

    /** Lets the last back-off pass. */
    AgentStory retry() {
        var retry = all(Effect.Retry.class).getLast();
        return on(new Input.RetryDue(retry.configuration(), retry.attempt()));
    }

    /** One registered handler at {@code /h}, one Configuration {@code c}, whose stream 1 carries these devices. */
    static AgentStory running(String... ids) {
        var story = new AgentStory();
        story.register("/h");
        story.apply(configuration("c")).answer(1).list(1, ids).forget();
        return story;
    }

    /** Forgets the effects so far. */
    AgentStory forget() {
        effects.clear();
        return this;
    }

    <T extends Effect> List<T> all(Class<T> kind) {
        return effects.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    <T extends AgentEvent> List<T> told(Class<T> kind) {
        return all(Effect.Tell.class).stream()
                .map(Effect.Tell::event)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    /** The addresses that Discover was called on. */
    List<String> asked() {
        return all(Effect.Discover.class).stream()
                .map(discover -> discover.endpoint().address())
                .toList();
    }

    List<Long> acknowledged() {
        return all(Effect.Acknowledge.class).stream()
                .map(Effect.Acknowledge::call)
                .toList();
    }

    List<Long> cancelled() {
        return all(Effect.Cancel.class).stream().map(Effect.Cancel::stream).toList();
    }

    List<Duration> delays() {
        return all(Effect.Retry.class).stream().map(Effect.Retry::after).toList();
    }

    List<Instance> instances() {
        return core.instances();
    }

    List<String> devices() {
        return core.instances().stream().map(Instance::deviceId).sorted().toList();
    }

    /** Created, updated and deleted Instances in order, as {@code +a}, {@code ~a} and {@code -a:REASON}. */
    List<String> changes() {
        return all(Effect.Tell.class).stream()
                .map(Effect.Tell::event)
                .flatMap(event -> switch (event) {
                    case AgentEvent.InstanceCreated(var instance) -> List.of("+" + instance.deviceId()).stream();
                    case AgentEvent.InstanceUpdated(var instance) -> List.of("~" + instance.deviceId()).stream();
                    case AgentEvent.InstanceDeleted(var instance, var reason) ->
                        List.of("-" + instance.deviceId() + ":" + reason).stream();
                    case AgentEvent.WriteRefused _,
                            AgentEvent.HandlerRegistered _,
                            AgentEvent.HandlerLost _,
                            AgentEvent.NoHandler _,
                            AgentEvent.DiscoverStarted _,
                            AgentEvent.DiscoverFailed _,
                            AgentEvent.StreamEnded _,
                            AgentEvent.BackOff _ -> List.<String>of().stream();
                })
                .toList();
    }
}
