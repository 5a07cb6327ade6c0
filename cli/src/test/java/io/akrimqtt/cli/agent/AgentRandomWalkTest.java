package io.akrimqtt.cli.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.cli.agent.AgentEvent.Cause;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Long walks through whatever can happen; each ends by letting everything that hangs come to its end. */
class AgentRandomWalkTest {

    private static final int STEPS = 300;
    private static final List<String> DEVICES = List.of("a", "b", "d", "e");

    static LongStream seeds() {
        return LongStream.range(0, 100);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void instances_become_what_the_open_streams_list_and_nobody_waits_for_ever(long seed) {
        var walk = new Walk(new Random(seed));
        for (int i = 0; i < STEPS; i++) {
            walk.step();
        }
        walk.settle();

        assertThat(walk.waiting).isEmpty();
        walk.discovered()
                .forEach((configuration, devices) -> assertThat(walk.instances(configuration))
                        .as(configuration)
                        .containsExactlyInAnyOrderElementsOf(devices));
    }

    private static final class Walk {

        private final AgentCore core = new AgentCore("n", LocalAgentSettings.Timing.AKRI);
        private final Random random;
        private final Map<Long, String> asked = new TreeMap<>();
        private final Map<Long, String> open = new TreeMap<>();
        private final Map<Long, List<String>> lists = new HashMap<>();
        private final Map<ConfigurationKey, Long> retries = new LinkedHashMap<>();
        private final Set<String> configurations = new HashSet<>();
        final Set<Long> waiting = new HashSet<>();
        private final Deque<Input> inputs = new ArrayDeque<>();
        private final Deque<Effect.Settle> unsettled = new ArrayDeque<>();
        private final TestApi api = new TestApi(
                view -> inputs.add(new Input.InstanceSeen(view)),
                (namespace, name) -> inputs.add(new Input.InstanceGone(namespace, name)));
        private long calls;

        Walk(Random random) {
            this.random = random;
        }

        void step() {
            switch (random.nextInt(20)) {
                case 0, 1 -> register();
                case 2, 3 -> apply();
                case 4 -> delete();
                case 5 -> on(new Input.Touched(name()));
                case 6 -> restartSeldom();
                case 7, 8, 9, 10 -> answer();
                case 11 -> refuse();
                case 12 -> end();
                case 13 -> retry();
                case 14, 15 -> write(false);
                default -> list();
            }
        }

        private String name() {
            return "c" + random.nextInt(3);
        }

        private void register() {
            long call = ++calls;
            waiting.add(call);
            on(new Input.Registered(
                    call,
                    new Endpoint(call, "h" + random.nextInt(2), "/" + random.nextInt(2), Endpoint.Kind.UDS, true)));
        }

        private void apply() {
            var name = name();
            configurations.add(name);
            on(new Input.Applied(new AgentConfiguration(name, "h" + random.nextInt(2), name, Map::of, 1, Map.of())));
        }

        private void delete() {
            var name = name();
            configurations.remove(name);
            on(new Input.Deleted(name));
        }

        private void restartSeldom() {
            if (random.nextInt(5) == 0) {
                waiting.clear();
                retries.clear();
                on(new Input.Restarted());
            }
        }

        private void answer() {
            if (!asked.isEmpty()) {
                long stream = any(asked);
                open.put(stream, asked.getOrDefault(stream, ""));
                asked.remove(stream);
                on(new Input.Answered(stream));
            }
        }

        private void refuse() {
            if (!asked.isEmpty()) {
                long stream = any(asked);
                asked.remove(stream);
                var causes = Cause.values();
                on(new Input.Refused(stream, new Refusal(causes[random.nextInt(causes.length)], "because")));
            }
        }

        private void end() {
            if (!open.isEmpty()) {
                long stream = any(open);
                open.remove(stream);
                on(new Input.Ended(stream, "over"));
            }
        }

        private void list() {
            if (!open.isEmpty()) {
                long stream = any(open);
                var devices = DEVICES.stream().filter(_ -> random.nextBoolean()).toList();
                lists.put(stream, devices);
                on(new Input.Listed(
                        stream, devices.stream().map(AgentStory::device).toList()));
            }
        }

        private void retry() {
            if (!retries.isEmpty()) {
                var name = retries.keySet().iterator().next();
                long attempt = retries.getOrDefault(name, 0L);
                retries.remove(name);
                on(new Input.RetryDue(name, attempt));
            }
        }

        /** Makes some of what is to be written, and refuses the rest. */
        private void write(boolean all) {
            Effect.@Nullable Settle settle = unsettled.poll();
            if (settle == null) {
                return;
            }
            var done = new ArrayList<Input.Done>();
            boolean refused = false;
            for (var call : settle.calls()) {
                refused = !all && !retries.isEmpty() && random.nextInt(10) == 0;
                if (refused) {
                    break;
                }
                done.add(new Input.Done(call, api.call(call)));
            }
            on(new Input.Settled(
                    settle.configuration(),
                    settle.attempt(),
                    done,
                    settle.calls().subList(done.size(), settle.calls().size()),
                    refused ? "no" : null));
        }

        private long any(Map<Long, String> streams) {
            return new ArrayList<>(streams.keySet()).get(random.nextInt(streams.size()));
        }

        private void on(Input input) {
            inputs.add(input);
            while (!inputs.isEmpty()) {
                perform(core.on(inputs.remove()));
            }
        }

        private void perform(List<Effect> effects) {
            for (var effect : effects) {
                switch (effect) {
                    case Effect.Acknowledge(var call) ->
                        assertThat(waiting.remove(call)).isTrue();
                    case Effect.Discover(var stream, var _, var details, var _) -> asked.put(stream, details);
                    case Effect.Cancel(var stream) -> {
                        boolean known = asked.remove(stream) != null;
                        assertThat(open.remove(stream) != null || known).isTrue();
                    }
                    case Effect.Retry(var key, var attempt, var _) -> retries.put(key, attempt);
                    case Effect.Settle settle -> unsettled.add(settle);
                    case Effect.Requeue _, Effect.Tell _ -> {}
                }
            }
        }

        void settle() {
            while (!asked.isEmpty() || !unsettled.isEmpty()) {
                answer();
                write(true);
            }
        }

        /** What the open streams of each Configuration that has any list. */
        Map<String, Set<String>> discovered() {
            var devices = new TreeMap<String, Set<String>>();
            open.forEach((stream, configuration) -> devices.computeIfAbsent(configuration, _ -> new HashSet<>())
                    .addAll(lists.getOrDefault(stream, List.of())));
            assertThat(configurations).containsAll(devices.keySet());
            return devices;
        }

        List<String> instances(String configuration) {
            return core.instances().stream()
                    .filter(instance -> instance.configuration().equals(configuration))
                    .map(Instance::deviceId)
                    .toList();
        }
    }
}
