package io.akrimqtt.cli.agent;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs the rules of device plugins: what they want written, timed or told is done here. Confined to the agent's loop. */
final class PluginShell {

    /**
     * How things are done outside.
     *
     * @param writes tells the failure, or null, on the loop
     * @param timers run their task on the loop
     */
    record Ways(Writes writes, Timers timers) {}

    @FunctionalInterface
    interface Writes {
        void make(ApiCall call, Consumer<@Nullable String> then);
    }

    @FunctionalInterface
    interface Timers {
        void after(Object key, Duration wait, Runnable task);
    }

    /** Under which the start of a plugin stands in the timetable; a retry stands under its own. */
    private record Key(String instance) {}

    private final Supplier<PluginCore> cores;
    private final PluginListener kubelet;
    private final Ways ways;
    private final Set<String> published = new HashSet<>();
    private final Map<Long, Consumer<Allocation>> calls = new HashMap<>();
    private PluginCore core;
    private long lastCall;

    PluginShell(Supplier<PluginCore> cores, PluginListener kubelet, Ways ways) {
        this.cores = cores;
        this.kubelet = kubelet;
        this.ways = ways;
        this.core = cores.get();
    }

    void seen(InstanceView view) {
        step(new PluginInput.Seen(view));
    }

    void gone(String namespace, String name) {
        step(new PluginInput.Gone(namespace, name));
    }

    void allocate(String instance, int slot, Consumer<Allocation> answer) {
        calls.put(++lastCall, answer);
        step(new PluginInput.Allocate(lastCall, instance, slot));
    }

    /** The process ends: with it all plugins, and whatever the kubelet waits for. */
    void crash() {
        core = cores.get();
        Set.copyOf(published).forEach(this::withdraw);
        var hung = Map.copyOf(calls);
        calls.clear();
        hung.values().forEach(answer -> answer.accept(new Allocation.Denied("the agent is gone")));
    }

    private void step(PluginInput input) {
        var current = core;
        current.on(input).forEach(effect -> perform(current, effect));
    }

    private void on(PluginCore asked, PluginInput input) {
        if (asked.equals(core)) {
            step(input);
        }
    }

    private void perform(PluginCore asking, PluginEffect effect) {
        switch (effect) {
            case PluginEffect.Write(var id, var call) ->
                ways.writes().make(call, failure -> on(asking, new PluginInput.Written(id, failure)));
            case PluginEffect.Start(var after) ->
                ways.timers().after(Key.class, after, () -> on(asking, new PluginInput.Started()));
            case PluginEffect.Retry(var key, var attempt, var after) ->
                ways.timers().after(new Key(key), after, () -> on(asking, new PluginInput.RetryDue(key, attempt)));
            case PluginEffect.Publish(var instance, var configuration, var healthy) -> {
                published.add(instance);
                kubelet.published(instance, configuration, healthy);
            }
            case PluginEffect.Withdraw(var instance) -> withdraw(instance);
            case PluginEffect.Answer(var call, var allocation) -> answer(calls.remove(call), allocation);
        }
    }

    private static void answer(@Nullable Consumer<Allocation> call, Allocation allocation) {
        if (call != null) {
            call.accept(allocation);
        }
    }

    private void withdraw(String instance) {
        published.remove(instance);
        kubelet.withdrawn(instance);
    }
}
