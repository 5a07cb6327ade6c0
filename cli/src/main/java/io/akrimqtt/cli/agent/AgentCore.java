package io.akrimqtt.cli.agent;

import io.akrimqtt.cli.agent.AgentEvent.Deletion;
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
final class AgentCore implements Requests.Reconciler {

    private final String node;
    private final LocalAgentSettings.Timing timing;
    private final InstanceCache instances;
    private final Map<ConfigurationKey, TrackedConfiguration> configurations = new LinkedHashMap<>();
    private final Effects effects = new Effects();
    private final Requests requests;

    AgentCore(String node, LocalAgentSettings.Timing timing) {
        this.node = node;
        this.timing = timing;
        this.instances = new InstanceCache(node);
        this.requests = new Requests(effects, this);
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
        boolean known = requests.live(view.configuration())
                        .filter(request -> request.lists(view.hash(), node))
                        .isPresent()
                && instances.environment(view.name()).isPresent();
        return known ? Optional.of(instances.instance(view)) : Optional.empty();
    }

    /** Takes one input and says what is to be done. */
    List<Effect> on(Input input) {
        switch (input) {
            case Input.Registered(var call, var endpoint) -> requests.register(call, endpoint);
            case Input.Applied(var configuration) -> apply(configuration);
            case Input.Deleted(var key) -> delete(key);
            case Input.Touched(var key) -> touch(key);
            case Input.RetryDue(var key, var attempt) -> retry(key, attempt);
            case Input.Answered(var id) -> requests.answered(id);
            case Input.Refused(var id, var refusal) -> requests.refused(id, refusal);
            case Input.Listed(var id, var devices) -> requests.listed(id, devices);
            case Input.Ended(var id, var reason) -> requests.ended(id, reason);
            case Input.InstanceSeen(var instance) -> instances.seen(instance);
            case Input.InstanceGone(var namespace, var name) -> gone(namespace, name);
            case Input.Settled settled -> settled(configurations.get(settled.configuration()), settled);
            case Input.Restarted() -> restart();
        }
        return effects.take();
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

    @Override
    public void reconcile(TrackedConfiguration tracked) {
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
        requests.live(tracked.name())
                .ifPresentOrElse(
                        request -> settle(tracked, request.devices(), Deletion.NOT_LISTED),
                        () -> requests.open(tracked));
    }

    @Override
    public void begun(TrackedConfiguration tracked) {
        settle(tracked, List.of(), Deletion.FRESH_REQUEST);
    }

    private void terminate(TrackedConfiguration tracked) {
        var request = requests.remove(tracked.name());
        tracked.releasing = true;
        settle(tracked, List.of(new ApiCall.ReleaseConfiguration(tracked.key())));
        request.ifPresent(requests::cancelAll);
        // Of two Configurations of one name the one that made the request hears of its end.
        request.map(live -> live.owner).filter(owner -> !owner.equals(tracked)).ifPresent(this::reconcile);
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
            effects.tell(new AgentEvent.WriteRefused(tracked.name(), failure));
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
                    case CREATED -> effects.tell(new AgentEvent.InstanceCreated(instance));
                    case CHANGED -> effects.tell(new AgentEvent.InstanceUpdated(instance));
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
                .ifPresent(effects::tell);
    }

    @Override
    public void backOff(TrackedConfiguration tracked) {
        var delay = tracked.nextDelay(timing.firstRetry());
        if (!tracked.again) {
            effects.tell(new AgentEvent.BackOff(tracked.name(), delay));
            effects.add(new Effect.Retry(tracked.key(), tracked.attempt, delay));
        }
    }

    private void restart() {
        requests.crash();
        instances.crash();
        var all = List.copyOf(configurations.values());
        all.forEach(TrackedConfiguration::crash);
        all.forEach(this::reconcile);
    }
}
