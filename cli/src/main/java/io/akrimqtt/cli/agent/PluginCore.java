package io.akrimqtt.cli.agent;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The rules by which Akri's agent makes device plugins of Instances, and holds Instances by a finalizer. Each Instance is looked at
 * when it changes; one whose device no list has fails, and is retried after a back-off that doubles without a cap, or at its next
 * change. All the rest waits in one queue, in which a new plugin takes its time and everything behind it waits. Confined to its loop.
 *
 * @see <a href="https://github.com/project-akri/akri">device_plugin_instance_controller.rs in Akri</a>
 */
final class PluginCore {

    /** What is known of an Instance, and how far its look is. */
    private static final class Watched {
        InstanceView latest;
        boolean looking;
        boolean again;
        long attempt;
        Duration delay = Duration.ZERO;

        Watched(InstanceView latest) {
            this.latest = latest;
        }
    }

    /** A look at an Instance as it was when the look began. */
    private record Look(Watched watched, InstanceView view) {}

    private final String node;
    private final LocalAgentSettings.Timing timing;
    private final Function<InstanceView, Optional<Instance>> devices;
    private final Map<String, Watched> instances = new HashMap<>();
    private final Map<String, Plugin> plugins = new HashMap<>();
    private final Deque<Look> queue = new ArrayDeque<>();
    private final Map<Long, Look> holding = new HashMap<>();
    private final Map<Long, Look> releasing = new HashMap<>();
    private final Map<Long, Claim> claims = new HashMap<>();
    private List<PluginEffect> effects = new ArrayList<>();
    private @Nullable Look starting;
    private long writes;

    private record Claim(long call, Plugin plugin) {}

    /** @param devices what a pod gets of an Instance's device; empty while no list has it */
    PluginCore(String node, LocalAgentSettings.Timing timing, Function<InstanceView, Optional<Instance>> devices) {
        this.node = node;
        this.timing = timing;
        this.devices = devices;
    }

    /** How many looks wait for a plugin that starts. */
    int waiting() {
        return queue.size();
    }

    /** Takes one input and says what is to be done. */
    List<PluginEffect> on(PluginInput input) {
        switch (input) {
            case PluginInput.Seen(var view) -> seen(view);
            case PluginInput.Gone(var namespace, var name) -> instances.remove(namespace + "/" + name);
            case PluginInput.Written(var write, var failure) -> written(write, failure);
            case PluginInput.Started() -> started();
            case PluginInput.RetryDue(var key, var attempt) -> retry(instances.get(key), attempt);
            case PluginInput.Allocate(var call, var instance, var slot) -> allocate(call, plugins.get(instance), slot);
        }
        var todo = effects;
        effects = new ArrayList<>();
        return todo;
    }

    private void seen(InstanceView view) {
        var watched = instances.computeIfAbsent(view.key(), _ -> new Watched(view));
        watched.latest = view;
        look(watched);
    }

    private void retry(@Nullable Watched watched, long attempt) {
        if (watched != null && watched.attempt == attempt) {
            look(watched);
        }
    }

    private void look(Watched watched) {
        if (watched.looking) {
            watched.again = true;
            return;
        }
        watched.again = false;
        watched.looking = true;
        watched.attempt++;
        var look = new Look(watched, watched.latest);
        if (leaves(look.view)) {
            enqueue(look);
        } else if (devices.apply(look.view).isEmpty()) {
            failed(look);
        } else {
            holding.put(write(new ApiCall.HoldInstance(look.view)), look);
        }
    }

    private boolean leaves(InstanceView view) {
        return view.terminating() || !view.nodes().contains(node);
    }

    private long write(ApiCall call) {
        effects.add(new PluginEffect.Write(++writes, call));
        return writes;
    }

    private void written(long write, @Nullable String failure) {
        @Nullable Look held = holding.remove(write);
        @Nullable Look released = releasing.remove(write);
        @Nullable Claim claim = claims.remove(write);
        if (held != null && failure == null) {
            enqueue(held);
        } else if (held != null) {
            failed(held);
        } else if (released != null && failure == null) {
            succeeded(released);
        } else if (released != null) {
            failed(released);
        } else if (claim != null) {
            answer(claim, failure);
        }
    }

    private void enqueue(Look look) {
        queue.add(look);
        advance();
    }

    private void advance() {
        while (starting == null && !queue.isEmpty()) {
            var look = queue.remove();
            if (leaves(look.view)) {
                leave(look);
            } else {
                join(look);
            }
        }
    }

    private void leave(Look look) {
        if (plugins.remove(look.view.name()) != null) {
            effects.add(new PluginEffect.Withdraw(look.view.name()));
        }
        releasing.put(write(new ApiCall.ReleaseInstance(look.view)), look);
    }

    private void join(Look look) {
        @Nullable Plugin plugin = plugins.get(look.view.name());
        if (plugin == null) {
            starting = look;
            effects.add(new PluginEffect.Start(timing.plugin()));
            return;
        }
        plugin.update(look.view.deviceUsage());
        publish(plugin);
        succeeded(look);
    }

    private void started() {
        @Nullable Look look = starting;
        if (look == null) {
            return;
        }
        starting = null;
        var device = devices.apply(look.view);
        if (device.isPresent()) {
            var plugin = new Plugin(look.view, device.get(), node);
            plugins.put(plugin.name, plugin);
            publish(plugin);
            succeeded(look);
        } else {
            failed(look);
        }
        advance();
    }

    private void publish(Plugin plugin) {
        effects.add(new PluginEffect.Publish(plugin.name, plugin.configuration, plugin.healthy()));
    }

    private void failed(Look look) {
        var watched = look.watched;
        watched.delay = watched.delay.isZero() ? timing.firstRetry() : watched.delay.multipliedBy(2);
        watched.looking = false;
        if (watched.again) {
            lookAgain(watched);
        } else {
            effects.add(new PluginEffect.Retry(look.view.key(), watched.attempt, watched.delay));
        }
    }

    private void succeeded(Look look) {
        var watched = look.watched;
        watched.delay = Duration.ZERO;
        watched.looking = false;
        if (watched.again) {
            lookAgain(watched);
        }
    }

    private void lookAgain(Watched watched) {
        if (watched.equals(instances.get(watched.latest.key()))) {
            look(watched);
        }
    }

    private void allocate(long call, @Nullable Plugin plugin, int slot) {
        if (plugin == null) {
            effects.add(new PluginEffect.Answer(call, new Allocation.Denied("no device plugin")));
        } else if (plugin.take(slot)) {
            long write = write(new ApiCall.Claim(plugin.namespace, plugin.name, plugin.claims()));
            claims.put(write, new Claim(call, plugin));
        } else {
            effects.add(new PluginEffect.Answer(call, new Allocation.Denied("Unable to claim slot: SlotInUse")));
        }
    }

    private void answer(Claim claim, @Nullable String failure) {
        effects.add(new PluginEffect.Answer(
                claim.call,
                failure == null
                        ? new Allocation.Granted(claim.plugin.instance)
                        : new Allocation.Denied("Unable to claim slot: " + failure)));
    }
}
