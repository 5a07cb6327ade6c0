package io.akrimqtt.cli.agent;

import io.akrimqtt.cli.agent.AgentEvent.Cause;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The requests of an agent: who is asked for devices, on which streams, and what has come of it. A request is known by its
 * Configuration's name alone. Confined to the agent's loop.
 */
final class Requests {

    /** Works on Configurations when something happens to their requests. */
    interface Reconciler {

        /** Its devices may be others now, or nobody is asked any more. */
        void reconcile(TrackedConfiguration tracked);

        /** All handlers have answered a new request, and nothing is listed yet. */
        void begun(TrackedConfiguration tracked);

        /** A new request came to nothing: later again. */
        void backOff(TrackedConfiguration tracked);
    }

    private final Effects effects;
    private final Reconciler reconciler;
    private final Handlers handlers = new Handlers();
    private final Map<String, DiscoveryRequest> requests = new HashMap<>();
    private final Map<Long, DiscoverStream> streams = new LinkedHashMap<>();
    private HandlerGate gate = new HandlerGate();
    private long lastStream;

    Requests(Effects effects, Reconciler reconciler) {
        this.effects = effects;
        this.reconciler = reconciler;
    }

    /** The live request of a Configuration's name. */
    Optional<DiscoveryRequest> live(String name) {
        return Optional.ofNullable(requests.get(name));
    }

    /** Takes the live request of a name away; its streams run on until they are cancelled. */
    Optional<DiscoveryRequest> remove(String name) {
        return Optional.ofNullable(requests.remove(name));
    }

    /** All at once, as of SIGKILL. */
    void crash() {
        streams.keySet().forEach(id -> effects.add(new Effect.Cancel(id)));
        streams.clear();
        requests.clear();
        handlers.clear();
        gate = new HandlerGate();
    }

    // New requests: try_join_all over the handlers of that name

    /** Asks every handler of a Configuration, once nobody writes to the list of handlers. */
    void open(TrackedConfiguration tracked) {
        var opening = new DiscoveryRequest(tracked);
        tracked.opening = opening;
        gate.read(() -> open(tracked, opening));
    }

    private void open(TrackedConfiguration tracked, DiscoveryRequest opening) {
        var endpoints = handlers.of(opening.handler);
        if (endpoints.isEmpty()) {
            effects.tell(new AgentEvent.NoHandler(tracked.name(), opening.handler));
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
        reconciler.begun(tracked);
        gate.leave();
        look(request);
    }

    private void giveUp(TrackedConfiguration tracked) {
        tracked.opening = null;
        reconciler.backOff(tracked);
        gate.leave();
        if (tracked.again) {
            reconciler.reconcile(tracked);
        }
    }

    // Handlers

    void register(long call, Endpoint endpoint) {
        for (var request : List.copyOf(requests.values())) {
            if (request.handler.equals(endpoint.handler())) {
                request.announce(endpoint);
                look(request);
            }
        }
        gate.write(() -> {
            handlers.put(endpoint);
            effects.tell(new AgentEvent.HandlerRegistered(endpoint.handler(), endpoint.address()));
            effects.add(new Effect.Acknowledge(call));
        });
    }

    /** An endpoint that cannot be connected to: no more calls, and its streams of all Configurations are cut. */
    private void stop(Endpoint endpoint, String reason) {
        handlers.stop(endpoint);
        effects.tell(new AgentEvent.HandlerLost(endpoint.handler(), endpoint.address(), reason));
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

    void answered(long id) {
        answered(streams.get(id));
    }

    void refused(long id, Refusal refusal) {
        refused(streams.remove(id), refusal);
    }

    void listed(long id, List<ReportedDevice> devices) {
        listed(streams.get(id), devices);
    }

    void ended(long id, String reason) {
        ended(streams.remove(id), reason);
    }

    private void answered(@Nullable DiscoverStream stream) {
        if (stream == null || !waitsForHeaders(stream)) {
            return;
        }
        var request = stream.request;
        effects.tell(new AgentEvent.DiscoverStarted(request.owner.name(), stream.endpoint.address()));
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
        effects.tell(new AgentEvent.DiscoverFailed(
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
        effects.tell(new AgentEvent.StreamEnded(stream.request.owner.name(), stream.endpoint.address(), reason));
    }

    /** What a live request does when anything happened to its streams or handlers: watch_devices in Akri. */
    private void look(DiscoveryRequest request) {
        if (!lives(request) || request.additional != null) {
            return;
        }
        boolean changed = request.look();
        if (request.streams.isEmpty()) {
            requests.remove(request.owner.name());
            reconciler.reconcile(request.owner);
            return;
        }
        if (changed) {
            reconciler.reconcile(request.owner);
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

    void cancelAll(DiscoveryRequest request) {
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
}
