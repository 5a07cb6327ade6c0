package io.akrimqtt.cli.agent;

import io.akrimqtt.cli.agent.AgentEvent.Cause;
import io.akrimqtt.cli.agent.AgentEvent.Deletion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rules of Akri's agent: an input goes in, effects come out. It has no clock, no thread and no I/O, and any input is legal at
 * any time. Confined to its loop.
 *
 * <p>A Configuration is reconciled whenever something changes. Without a live request it first makes one: Discover on every
 * registered handler of its name, of which each must answer with headers, then all of its Instances are deleted, since no list is
 * known yet. With one, its Instances become the latest lists of all streams.
 */
final class AgentCore {

    private final Duration firstRetry;
    private final InstanceTable instances;
    private final Handlers handlers = new Handlers();
    private final Map<String, TrackedConfiguration> configurations = new LinkedHashMap<>();
    private final Map<Long, DiscoverStream> streams = new LinkedHashMap<>();
    private HandlerGate gate = new HandlerGate();
    private List<Effect> effects = new ArrayList<>();
    private long lastStream;

    AgentCore(String node, Duration firstRetry) {
        this.firstRetry = firstRetry;
        this.instances = new InstanceTable(node);
    }

    List<Instance> instances() {
        return instances.all();
    }

    /** Takes one input and says what is to be done. */
    List<Effect> on(Input input) {
        switch (input) {
            case Input.Registered(var call, var endpoint) -> register(call, endpoint);
            case Input.Applied(var configuration) -> apply(configuration);
            case Input.Deleted(var name) -> delete(name);
            case Input.Touched(var name) -> touch(name);
            case Input.RetryDue(var name, var attempt) -> retry(name, attempt);
            case Input.Answered(var id) -> answered(streams.get(id));
            case Input.Refused(var id, var refusal) -> refused(streams.remove(id), refusal);
            case Input.Listed(var id, var devices) -> listed(streams.get(id), devices);
            case Input.Ended(var id, var reason) -> ended(streams.remove(id), reason);
            case Input.Restarted() -> restart();
        }
        var todo = effects;
        effects = new ArrayList<>();
        return todo;
    }

    // Configurations

    private void apply(AgentConfiguration configuration) {
        var tracked =
                configurations.computeIfAbsent(configuration.name(), _ -> new TrackedConfiguration(configuration));
        if (tracked.deleting) {
            tracked.successor = configuration;
            return;
        }
        tracked.desired = configuration;
        reconcile(tracked);
    }

    private void delete(String name) {
        @Nullable TrackedConfiguration tracked = configurations.get(name);
        if (tracked != null) {
            tracked.deleting = true;
            tracked.successor = null;
            reconcile(tracked);
        }
    }

    private void touch(String name) {
        @Nullable TrackedConfiguration tracked = configurations.get(name);
        if (tracked != null) {
            reconcile(tracked);
        }
    }

    private void retry(String name, long attempt) {
        @Nullable TrackedConfiguration tracked = configurations.get(name);
        if (tracked != null && tracked.attempt == attempt) {
            reconcile(tracked);
        }
    }

    private void reconcile(TrackedConfiguration tracked) {
        if (tracked.opening != null) {
            tracked.again = true;
            return;
        }
        tracked.again = false;
        tracked.attempt++;
        if (tracked.deleting) {
            terminate(tracked);
            return;
        }
        @Nullable DiscoveryRequest request = tracked.request;
        if (request == null) {
            var opening = new DiscoveryRequest(tracked.desired);
            tracked.opening = opening;
            gate.read(() -> open(tracked, opening));
            return;
        }
        settle(tracked, request.devices(), Deletion.NOT_LISTED);
        tracked.succeeded();
    }

    private void terminate(TrackedConfiguration tracked) {
        if (tracked.request != null) {
            cancelAll(tracked.request);
            tracked.request = null;
        }
        configurations.remove(tracked.name());
        settle(tracked, List.of(), Deletion.CONFIGURATION_DELETED);
        if (tracked.successor != null) {
            apply(tracked.successor);
        }
    }

    private void settle(TrackedConfiguration tracked, List<ReportedDevice> devices, Deletion reason) {
        instances.settle(tracked.desired, devices, reason).forEach(this::tell);
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
            var stream = discover(tracked, opening, endpoint);
            opening.streams.add(stream);
            opening.unanswered.add(stream);
        }
    }

    private DiscoverStream discover(TrackedConfiguration tracked, DiscoveryRequest request, Endpoint endpoint) {
        var stream = new DiscoverStream(++lastStream, endpoint, tracked);
        streams.put(stream.id, stream);
        effects.add(new Effect.Discover(stream.id, endpoint, request.details, request.properties));
        return stream;
    }

    private void opened(TrackedConfiguration tracked, DiscoveryRequest request) {
        tracked.opening = null;
        tracked.request = request;
        settle(tracked, List.of(), Deletion.FRESH_REQUEST);
        tracked.succeeded();
        gate.leave();
        look(tracked);
        if (tracked.again) {
            reconcile(tracked);
        }
    }

    private void giveUp(TrackedConfiguration tracked) {
        tracked.opening = null;
        var delay = tracked.nextDelay(firstRetry);
        if (!tracked.again) {
            tell(new AgentEvent.BackOff(tracked.name(), delay));
            effects.add(new Effect.Retry(tracked.name(), tracked.attempt, delay));
        }
        gate.leave();
        if (tracked.again) {
            reconcile(tracked);
        }
    }

    // Handlers

    private void register(long call, Endpoint endpoint) {
        for (var tracked : List.copyOf(configurations.values())) {
            if (tracked.request != null && tracked.request.handler.equals(endpoint.handler())) {
                tracked.request.announce(endpoint);
                look(tracked);
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
                look(stream.owner);
            }
        }
    }

    private static boolean waitsForHeaders(DiscoverStream stream) {
        var owner = stream.owner;
        return (owner.opening != null && owner.opening.unanswered.contains(stream))
                || (owner.request != null && owner.request.additional == stream);
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
        var tracked = stream.owner;
        tell(new AgentEvent.DiscoverStarted(tracked.name(), stream.endpoint.address()));
        if (handlers.stopped(stream.endpoint)) {
            cut(stream);
        }
        @Nullable DiscoveryRequest opening = tracked.opening;
        if (opening != null) {
            opening.unanswered.remove(stream);
            if (opening.unanswered.isEmpty()) {
                opened(tracked, opening);
            }
        } else if (tracked.request != null) {
            tracked.request.additional = null;
            tracked.request.streams.add(stream);
            stream.changed = true;
            look(tracked);
        }
    }

    private void refused(@Nullable DiscoverStream stream, Refusal refusal) {
        if (stream == null) {
            return;
        }
        var tracked = stream.owner;
        var endpoint = stream.endpoint;
        tell(new AgentEvent.DiscoverFailed(tracked.name(), endpoint.address(), refusal.cause(), refusal.description()));
        @Nullable DiscoveryRequest opening = tracked.opening;
        if (opening != null) {
            opening.streams.remove(stream);
            cancelAll(opening);
        } else if (tracked.request != null) {
            tracked.request.additional = null;
        }
        if (refusal.cause() == Cause.UNREACHABLE) {
            stop(endpoint, refusal.description());
        }
        if (opening != null) {
            giveUp(tracked);
        } else {
            look(tracked);
        }
    }

    private void listed(@Nullable DiscoverStream stream, List<ReportedDevice> devices) {
        if (stream != null) {
            stream.devices = devices;
            stream.changed = true;
            look(stream.owner);
        }
    }

    private void ended(@Nullable DiscoverStream stream, String reason) {
        if (stream != null) {
            end(stream, reason);
            look(stream.owner);
        }
    }

    private void end(DiscoverStream stream, String reason) {
        stream.ended = true;
        tell(new AgentEvent.StreamEnded(stream.owner.name(), stream.endpoint.address(), reason));
    }

    /** What a live request does when anything happened to its streams or handlers: watch_devices in Akri. */
    private void look(TrackedConfiguration tracked) {
        @Nullable DiscoveryRequest request = tracked.request;
        if (request == null || request.additional != null) {
            return;
        }
        boolean changed = request.look();
        if (request.streams.isEmpty()) {
            tracked.request = null;
            reconcile(tracked);
            return;
        }
        if (changed) {
            reconcile(tracked);
        }
        askNext(tracked, request);
    }

    private void askNext(TrackedConfiguration tracked, DiscoveryRequest request) {
        for (@Nullable Endpoint next = request.nextAnnounced(); next != null; next = request.nextAnnounced()) {
            if (!handlers.stopped(next)) {
                request.additional = discover(tracked, request, next);
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
        handlers.clear();
        gate = new HandlerGate();
        var all = List.copyOf(configurations.values());
        all.forEach(TrackedConfiguration::crash);
        all.forEach(this::reconcile);
    }

    private void tell(AgentEvent event) {
        effects.add(new Effect.Tell(event));
    }
}
