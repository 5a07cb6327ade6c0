package io.akrimqtt.cli.agent;

import io.akrimqtt.cli.agent.AgentEvent.Cause;
import io.akrimqtt.cli.agent.AgentEvent.Deletion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rules of Akri's agent: an input goes in, effects come out. It has no clock, no thread and no I/O, and any input is legal at
 * any time. Confined to its loop.
 *
 * <p>A Configuration is reconciled whenever something changes. Without a live request it first makes one: Discover on every
 * registered handler of its name, of which each must answer with headers, then all of its Instances of this node are deleted, since
 * no list is known yet. With one, its Instances become the latest lists of all streams. Requests are known by the Configuration's
 * name alone: one of the same name in another namespace shares them.
 */
final class AgentCore {

    private final String node;
    private final LocalAgentSettings.Timing timing;
    private final InstanceCache instances;
    private final Handlers handlers = new Handlers();
    private final Map<ConfigurationKey, TrackedConfiguration> configurations = new LinkedHashMap<>();
    private final Map<String, DiscoveryRequest> requests = new HashMap<>();
    private final Map<Long, DiscoverStream> streams = new LinkedHashMap<>();
    private HandlerGate gate = new HandlerGate();
    private List<Effect> effects = new ArrayList<>();
    private long lastStream;

    AgentCore(String node, LocalAgentSettings.Timing timing) {
        this.node = node;
        this.timing = timing;
        this.instances = new InstanceCache(node);
    }

    /** The Instances that this node has, as far as the agent knows. */
    List<Instance> instances() {
        return instances.mine();
    }

    /** All Instances that the agent knows, of this node or not. */
    List<InstanceView> views() {
        return instances.views();
    }

    /** What the workload of a device gets; empty where no live request lists the device. */
    Optional<Instance> device(InstanceView view) {
        @Nullable DiscoveryRequest request = requests.get(view.configuration());
        boolean known = request != null
                && request.lists(view.hash(), node)
                && instances.environment(view.name()).isPresent();
        return known ? Optional.of(instances.instance(view)) : Optional.empty();
    }

    /** Takes one input and says what is to be done. */
    List<Effect> on(Input input) {
        switch (input) {
            case Input.Registered(var call, var endpoint) -> register(call, endpoint);
            case Input.Applied(var configuration) -> apply(configuration);
            case Input.Deleted(var key) -> delete(key);
            case Input.Touched(var key) -> touch(key);
            case Input.RetryDue(var key, var attempt) -> retry(key, attempt);
            case Input.Answered(var id) -> answered(streams.get(id));
            case Input.Refused(var id, var refusal) -> refused(streams.remove(id), refusal);
            case Input.Listed(var id, var devices) -> listed(streams.get(id), devices);
            case Input.Ended(var id, var reason) -> ended(streams.remove(id), reason);
            case Input.InstanceSeen(var instance) -> instances.seen(instance);
            case Input.InstanceGone(var namespace, var name) -> gone(namespace, name);
            case Input.Settled settled -> settled(configurations.get(settled.configuration()), settled);
            case Input.Restarted() -> restart();
        }
        var todo = effects;
        effects = new ArrayList<>();
        return todo;
    }

    // Configurations

    private void apply(AgentConfiguration configuration) {
        var tracked = configurations.computeIfAbsent(configuration.key(), _ -> new TrackedConfiguration(configuration));
        if (tracked.deleting) {
            tracked.successor = configuration;
            return;
        }
        tracked.desired = configuration;
        reconcile(tracked);
    }

    private void delete(ConfigurationKey key) {
        @Nullable TrackedConfiguration tracked = configurations.get(key);
        if (tracked == null) {
            effects.add(new Effect.Settle(key, 0, List.of(new ApiCall.ReleaseConfiguration(key))));
        } else {
            tracked.deleting = true;
            tracked.successor = null;
            reconcile(tracked);
        }
    }

    private void touch(ConfigurationKey key) {
        @Nullable TrackedConfiguration tracked = configurations.get(key);
        if (tracked != null) {
            reconcile(tracked);
        }
    }

    private void retry(ConfigurationKey key, long attempt) {
        @Nullable TrackedConfiguration tracked = configurations.get(key);
        if (tracked != null && tracked.attempt == attempt) {
            reconcile(tracked);
        }
    }

    private void reconcile(TrackedConfiguration tracked) {
        if (tracked.busy()) {
            tracked.again = true;
            return;
        }
        tracked.again = false;
        tracked.attempt++;
        if (tracked.deleting) {
            terminate(tracked);
            return;
        }
        @Nullable DiscoveryRequest request = requests.get(tracked.name());
        if (request == null) {
            var opening = new DiscoveryRequest(tracked);
            tracked.opening = opening;
            gate.read(() -> open(tracked, opening));
        } else {
            settle(tracked, request.devices(), Deletion.NOT_LISTED);
        }
    }

    private void terminate(TrackedConfiguration tracked) {
        @Nullable DiscoveryRequest request = requests.remove(tracked.name());
        tracked.releasing = true;
        settle(tracked, List.of(new ApiCall.ReleaseConfiguration(tracked.key())));
        if (request != null) {
            cancelAll(request);
            // Of two Configurations of one name the one that made the request hears of its end.
            if (!request.owner.equals(tracked)) {
                reconcile(request.owner);
            }
        }
    }

    // Writes

    private void settle(TrackedConfiguration tracked, List<ReportedDevice> devices, Deletion reason) {
        var listed = instances.listed(tracked.desired, devices);
        settle(tracked, Settlement.calls(tracked.desired, node, instances.views(), listed, reason));
    }

    private void settle(TrackedConfiguration tracked, List<ApiCall> calls) {
        tracked.settling = true;
        calls.forEach(call -> expect(call, true));
        effects.add(new Effect.Settle(tracked.key(), tracked.attempt, calls));
    }

    private void expect(ApiCall call, boolean planned) {
        if (call instanceof ApiCall.Delete(var instance, var reason)) {
            instances.expect(instance, planned ? reason : null);
        }
    }

    private void settled(@Nullable TrackedConfiguration tracked, Input.Settled settled) {
        if (tracked == null || !tracked.settling || tracked.attempt != settled.attempt()) {
            return;
        }
        tracked.settling = false;
        settled.done().forEach(this::tell);
        settled.undone().forEach(call -> expect(call, false));
        @Nullable String failure = settled.failure();
        if (failure != null) {
            tell(new AgentEvent.WriteRefused(tracked.name(), failure));
            backOff(tracked);
        } else if (tracked.releasing) {
            forget(tracked);
            return;
        } else {
            tracked.succeeded();
            effects.add(new Effect.Requeue(tracked.key(), tracked.attempt, timing.requeue()));
        }
        if (tracked.again) {
            reconcile(tracked);
        }
    }

    private void forget(TrackedConfiguration tracked) {
        configurations.remove(tracked.key());
        if (tracked.successor != null) {
            apply(tracked.successor);
        }
    }

    private void tell(Input.Done done) {
        switch (done.call()) {
            case ApiCall.Apply(var _, var instance) -> {
                switch (done.change()) {
                    case CREATED -> tell(new AgentEvent.InstanceCreated(instance));
                    case CHANGED -> tell(new AgentEvent.InstanceUpdated(instance));
                    case SAME -> {}
                }
            }
            case ApiCall.Delete _,
                    ApiCall.Leave _,
                    ApiCall.HoldConfiguration _,
                    ApiCall.ReleaseConfiguration _,
                    ApiCall.HoldInstance _,
                    ApiCall.ReleaseInstance _,
                    ApiCall.Claim _ -> {}
        }
    }

    private void gone(String namespace, String name) {
        boolean known = instances
                .configuration(namespace, name)
                .map(configurations::get)
                .filter(owner -> !owner.deleting)
                .isPresent();
        instances
                .gone(namespace, name, known ? Deletion.BY_SOMEBODY_ELSE : Deletion.CONFIGURATION_DELETED)
                .ifPresent(this::tell);
    }

    // New requests: try_join_all over the handlers of that name

    private void open(TrackedConfiguration tracked, DiscoveryRequest opening) {
        var endpoints = handlers.of(opening.handler);
        if (endpoints.isEmpty()) {
            tell(new AgentEvent.NoHandler(tracked.name(), opening.handler));
            giveUp(tracked);
            return;
        }
        for (var endpoint : endpoints) {
            var stream = discover(opening, endpoint);
            opening.streams.add(stream);
            opening.unanswered.add(stream);
        }
    }

    private DiscoverStream discover(DiscoveryRequest request, Endpoint endpoint) {
        var stream = new DiscoverStream(++lastStream, endpoint, request);
        streams.put(stream.id, stream);
        effects.add(new Effect.Discover(stream.id, endpoint, request.details, request.properties));
        return stream;
    }

    private void opened(TrackedConfiguration tracked, DiscoveryRequest request) {
        tracked.opening = null;
        @Nullable DiscoveryRequest other = requests.put(tracked.name(), request);
        if (other != null) {
            cancelAll(other);
        }
        settle(tracked, List.of(), Deletion.FRESH_REQUEST);
        gate.leave();
        look(request);
    }

    private void giveUp(TrackedConfiguration tracked) {
        tracked.opening = null;
        backOff(tracked);
        gate.leave();
        if (tracked.again) {
            reconcile(tracked);
        }
    }

    private void backOff(TrackedConfiguration tracked) {
        var delay = tracked.nextDelay(timing.firstRetry());
        if (!tracked.again) {
            tell(new AgentEvent.BackOff(tracked.name(), delay));
            effects.add(new Effect.Retry(tracked.key(), tracked.attempt, delay));
        }
    }

    // Handlers

    private void register(long call, Endpoint endpoint) {
        for (var request : List.copyOf(requests.values())) {
            if (request.handler.equals(endpoint.handler())) {
                request.announce(endpoint);
                look(request);
            }
        }
        gate.write(() -> {
            handlers.put(endpoint);
            tell(new AgentEvent.HandlerRegistered(endpoint.handler(), endpoint.address()));
            effects.add(new Effect.Acknowledge(call));
        });
    }

    /** An endpoint that cannot be connected to: no more calls, and its streams of all Configurations are cut. */
    private void stop(Endpoint endpoint, String reason) {
        handlers.stop(endpoint);
        tell(new AgentEvent.HandlerLost(endpoint.handler(), endpoint.address(), reason));
        gate.write(() -> handlers.prune(endpoint.handler()));
        for (var stream : List.copyOf(streams.values())) {
            if (stream.endpoint.equals(endpoint) && !waitsForHeaders(stream)) {
                cut(stream);
                look(stream.request);
            }
        }
    }

    private boolean waitsForHeaders(DiscoverStream stream) {
        var request = stream.request;
        return (opens(request) && request.unanswered.contains(stream))
                || (lives(request) && stream.equals(request.additional));
    }

    private static boolean opens(DiscoveryRequest request) {
        return request.equals(request.owner.opening);
    }

    private boolean lives(DiscoveryRequest request) {
        return request.equals(requests.get(request.owner.name()));
    }

    private void cut(DiscoverStream stream) {
        effects.add(new Effect.Cancel(stream.id));
        streams.remove(stream.id);
        end(stream, "another call could not connect to its handler");
    }

    // Streams

    private void answered(@Nullable DiscoverStream stream) {
        if (stream == null || !waitsForHeaders(stream)) {
            return;
        }
        var request = stream.request;
        tell(new AgentEvent.DiscoverStarted(request.owner.name(), stream.endpoint.address()));
        if (handlers.stopped(stream.endpoint)) {
            cut(stream);
        }
        if (opens(request)) {
            request.unanswered.remove(stream);
            if (request.unanswered.isEmpty()) {
                opened(request.owner, request);
            }
        } else {
            request.additional = null;
            request.streams.add(stream);
            stream.changed = true;
            look(request);
        }
    }

    private void refused(@Nullable DiscoverStream stream, Refusal refusal) {
        if (stream == null) {
            return;
        }
        var request = stream.request;
        var endpoint = stream.endpoint;
        tell(new AgentEvent.DiscoverFailed(
                request.owner.name(), endpoint.address(), refusal.cause(), refusal.description()));
        boolean opening = opens(request);
        if (opening) {
            request.streams.remove(stream);
            cancelAll(request);
        } else {
            request.additional = null;
        }
        if (refusal.cause() == Cause.UNREACHABLE) {
            stop(endpoint, refusal.description());
        }
        if (opening) {
            giveUp(request.owner);
        } else {
            look(request);
        }
    }

    private void listed(@Nullable DiscoverStream stream, List<ReportedDevice> devices) {
        if (stream != null) {
            stream.devices = devices;
            stream.changed = true;
            look(stream.request);
        }
    }

    private void ended(@Nullable DiscoverStream stream, String reason) {
        if (stream != null) {
            end(stream, reason);
            look(stream.request);
        }
    }

    private void end(DiscoverStream stream, String reason) {
        stream.ended = true;
        tell(new AgentEvent.StreamEnded(stream.request.owner.name(), stream.endpoint.address(), reason));
    }

    /** What a live request does when anything happened to its streams or handlers: watch_devices in Akri. */
    private void look(DiscoveryRequest request) {
        if (!lives(request) || request.additional != null) {
            return;
        }
        boolean changed = request.look();
        if (request.streams.isEmpty()) {
            requests.remove(request.owner.name());
            reconcile(request.owner);
            return;
        }
        if (changed) {
            reconcile(request.owner);
        }
        askNext(request);
    }

    private void askNext(DiscoveryRequest request) {
        for (@Nullable Endpoint next = request.nextAnnounced(); next != null; next = request.nextAnnounced()) {
            if (!handlers.stopped(next)) {
                request.additional = discover(request, next);
                return;
            }
        }
    }

    private void cancelAll(DiscoveryRequest request) {
        request.streams.forEach(this::cancel);
        if (request.additional != null) {
            cancel(request.additional);
        }
    }

    private void cancel(DiscoverStream stream) {
        if (streams.remove(stream.id) != null) {
            effects.add(new Effect.Cancel(stream.id));
        }
    }

    private void restart() {
        streams.keySet().forEach(id -> effects.add(new Effect.Cancel(id)));
        streams.clear();
        requests.clear();
        handlers.clear();
        instances.crash();
        gate = new HandlerGate();
        var all = List.copyOf(configurations.values());
        all.forEach(TrackedConfiguration::crash);
        all.forEach(this::reconcile);
    }

    private void tell(AgentEvent event) {
        effects.add(new Effect.Tell(event));
    }
}
