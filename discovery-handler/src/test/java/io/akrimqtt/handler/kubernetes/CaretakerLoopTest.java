package io.akrimqtt.handler.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.akrimqtt.handler.caretaker.Action;
import io.akrimqtt.handler.caretaker.Action.Outcome;
import io.akrimqtt.handler.caretaker.ServedState;
import io.akrimqtt.handler.caretaker.ServedWatch;
import io.akrimqtt.handler.caretaker.Turn;
import io.akrimqtt.handler.cluster.ClusterState;
import io.akrimqtt.handler.report.Allotment;
import io.akrimqtt.handler.report.Samples;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CaretakerLoopTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final InstantSource CLOCK = InstantSource.system();
    private static final Action.Release RELEASE = new Action.Release(Objects.REF, "node-a", "it is gone");
    private static final Action.ProbeGuard PROBE = new Action.ProbeGuard(Objects.REF, "node-a", "now and then");

    private final List<String> done = new CopyOnWriteArrayList<>();
    private final List<Allotment> allotments = new CopyOnWriteArrayList<>();
    private final List<BiConsumer<Action.Write, Outcome>> open = new CopyOnWriteArrayList<>();
    private final List<String> outcomes = new CopyOnWriteArrayList<>();
    private final AtomicInteger turns = new AtomicInteger();
    private volatile List<Action> actions = List.of();
    private volatile Set<String> hold = Set.of();
    private volatile Set<String> owned = Set.of();
    private volatile boolean reachable = true;
    private boolean everyNode = true;
    private volatile @Nullable RuntimeException bug;
    private volatile Duration next = Duration.ofHours(1);
    private @Nullable CaretakerLoop loop;

    private CaretakerLoop start() {
        var started = CaretakerLoop.start(
                new Decisions() {
                    @Override
                    public Turn turn(Instant now, ServedState served, ClusterState cluster) {
                        turns.incrementAndGet();
                        @Nullable RuntimeException thrown = bug;
                        if (thrown != null) {
                            bug = null;
                            throw thrown;
                        }
                        var all = actions;
                        actions = List.of();
                        return new Turn(
                                all, false, Map.of("w", owned), Map.of(), hold, List.of("said"), now.plus(next));
                    }

                    @Override
                    public void outcome(Action.Write write, Outcome outcome, Instant at) {
                        outcomes.add(write.getClass().getSimpleName() + " " + outcome);
                    }
                },
                () -> new ServedState(
                        "node-a",
                        "mqtt",
                        Optional.empty(),
                        List.of(new ServedWatch(
                                "w",
                                Samples.key().details(),
                                1,
                                Optional.empty(),
                                Optional.empty(),
                                false,
                                false,
                                List.of()))),
                () -> new ClusterState(reachable, List.of(), List.of(), List.of()),
                new Recording(),
                everyNode,
                CLOCK);
        loop = started;
        return started;
    }

    @AfterEach
    void close() {
        if (loop != null) {
            loop.close();
        }
    }

    private final class Recording implements Hands {
        @Override
        public void write(Action.Write write, BiConsumer<Action.Write, Outcome> whenDone) {
            done.add("write " + write.getClass().getSimpleName());
            open.add(whenDone);
        }

        @Override
        public void tell(Action.Tell tell) {
            done.add("tell " + tell.text());
        }

        @Override
        public void allot(Allotment allotment) {
            done.add("allot");
            allotments.add(allotment);
        }

        @Override
        public void sendAgain(String watch) {
            done.add("again " + watch);
        }

        @Override
        public void end(String watch, String reason) {
            done.add("end " + watch + " " + reason);
        }

        @Override
        public void adopt(String watch, Set<String> devices) {
            done.add("adopt " + watch + " " + devices);
        }
    }

    private void awaitTurns(int count) {
        await().atMost(SOON).until(() -> turns.get() >= count && allotments.size() >= 2);
    }

    @Test
    void until_the_first_turn_first_lists_wait_and_nothing_is_dropped() {
        start();
        awaitTurns(1);

        var before = allotments.getFirst();
        assertThat(before.ready("w")).isFalse();
        assertThat(before.mayDrop("w", "d")).isFalse();
        assertThat(before.owns("w", "d")).isTrue();
        assertThat(allotments.getLast().ready("w")).isTrue();
        assertThat(allotments.getLast().owns("w", "d")).isFalse();
        assertThat(allotments.getLast().owns("a watch that came since", "d")).isTrue();
        assertThat(allotments.getLast().ready("a watch that came since")).isFalse();
    }

    @Test
    void with_one_node_for_each_device_none_is_reported_before_its_turn() {
        everyNode = false;
        start();
        awaitTurns(1);

        assertThat(allotments.getFirst().owns("w", "d")).isFalse();
        assertThat(allotments.getLast().owns("a watch that came since", "d")).isFalse();
    }

    @Test
    void what_is_decided_is_done_in_order_but_adoption_goes_before_the_report() {
        owned = Set.of("d");
        actions = List.of(
                new Action.SendAgain("w", "r"),
                RELEASE,
                new Action.Adopt("w", Set.of("d"), "r"),
                new Action.EndStreams("w", "why"),
                new Action.Tell(Objects.REF, Action.Tell.Kind.MENDED, false, "mended"));
        start();
        await().atMost(SOON).until(() -> done.contains("tell mended"));

        assertThat(done)
                .containsExactly(
                        "allot", "adopt w [d]", "allot", "again w", "write Release", "end w why", "tell mended");
        assertThat(allotments.getLast().owns("w", "d")).isTrue();
        assertThat(allotments.getLast().mayDrop("w", "d")).isFalse();
    }

    @Test
    void an_outcome_comes_back_before_the_next_turn_and_is_counted() {
        actions = List.of(RELEASE);
        var started = start();
        await().atMost(SOON).until(() -> open.size() == 1);
        int before = turns.get();

        open.getFirst().accept(RELEASE, Outcome.CONFLICT);

        await().atMost(SOON).until(() -> turns.get() > before);
        assertThat(outcomes).containsExactly("Release CONFLICT");
        assertThat(started.actions().counts()).containsEntry(new Tally.Label("release", "conflict"), 1L);
    }

    @Test
    void equal_allotments_are_not_sent_again() {
        var started = start();
        awaitTurns(1);
        int before = turns.get();
        started.wake();
        await().atMost(SOON).until(() -> turns.get() > before);

        assertThat(allotments).hasSize(2);
    }

    @Test
    void a_held_watch_waits_and_an_unseen_cluster_is_not_sighted() {
        hold = Set.of("w");
        reachable = false;
        var started = start();
        awaitTurns(1);
        assertThat(allotments.getLast().ready("w")).isFalse();
        assertThat(allotments.getLast().sighted()).isFalse();

        hold = Set.of();
        reachable = true;
        started.wake();
        await().atMost(SOON).until(() -> allotments.size() == 3);
        assertThat(allotments.getLast().ready("w")).isTrue();
        assertThat(allotments.getLast().sighted()).isTrue();
    }

    @Test
    void the_next_turn_comes_when_it_was_asked_for() {
        next = Duration.ofMillis(200);
        start();

        awaitTurns(3);
    }

    @Test
    void a_bug_in_a_turn_is_survived() {
        bug = new IllegalStateException("planted");
        start();

        awaitTurns(2);
        assertThat(allotments.getLast().ready("w")).isTrue();
    }

    @Test
    void the_latest_trial_that_could_tell_says_how_the_guard_is() {
        var seen = new ArrayList<Guard>();
        actions = List.of(PROBE);
        var started = start();
        await().atMost(SOON).until(() -> open.size() == 1);
        seen.add(started.guard());
        for (var outcome : List.of(Outcome.REFUSED, Outcome.UNREACHABLE, Outcome.DONE, Outcome.FORBIDDEN)) {
            open.getFirst().accept(PROBE, outcome);
            seen.add(started.guard());
        }

        assertThat(seen).containsExactly(Guard.UNKNOWN, Guard.IN_FORCE, Guard.IN_FORCE, Guard.MISSING, Guard.MISSING);
    }
}
