package io.akrimqtt.presence.state;

import static org.assertj.core.api.Assertions.fail;

import io.akrimqtt.presence.state.ReferenceWorld.Act;
import io.akrimqtt.presence.state.ReferenceWorld.Step;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The core against {@link NaiveModel}: all short sequences with pauses around the bounds, and long walks by chance. With
 * {@code -Dlong=true} the sequences are longer and the walks more; {@code -Dseed=} walks one alone.
 */
class ReferenceTest {

    private static final int GRACE = 5;
    private static final int SETTLE = 2;
    private static final int SILENCE = 12;
    private static final int SERVER_GRACE = 7;
    private static final int PROBATION = 9;
    private static final int SLEEP = 16;

    /** Just before, at and after the settling and the grace; at the silence; 0 is the same second. */
    private static final int[] PAUSES = {0, SETTLE - 1, SETTLE, GRACE - 1, GRACE, GRACE + 1, SILENCE};

    /** Long enough for all that is under way to come to its end. */
    private static final int REST = 30;

    private static final NaiveModel.Rules PLAIN =
            new NaiveModel.Rules(GRACE, SETTLE, SILENCE, false, SERVER_GRACE, PROBATION, 0, false);
    private static final NaiveModel.Rules STRICT =
            new NaiveModel.Rules(GRACE, SETTLE, SILENCE, true, SERVER_GRACE, PROBATION, SLEEP, false);
    private static final NaiveModel.Rules NEVER_SILENT =
            new NaiveModel.Rules(GRACE, SETTLE, 0, true, SERVER_GRACE, PROBATION, 0, true);
    private static final NaiveModel.Rules DAMPED =
            new NaiveModel.Rules(GRACE, SETTLE, SILENCE, false, SERVER_GRACE, PROBATION, SLEEP, true);

    private static final Set<Act> LIVE = EnumSet.range(Act.BIRTH, Act.DATA);
    private static final Set<Act> LINKS = EnumSet.of(
            Act.BIRTH,
            Act.WILL,
            Act.SLEEPS,
            Act.REMOVED,
            Act.DATA,
            Act.UNQUEUED_BIRTH,
            Act.CUT,
            Act.RESUME,
            Act.LOSE,
            Act.WIPE,
            Act.RENEW);
    private static final Set<Act> AUDITS = EnumSet.of(
            Act.BIRTH,
            Act.WILL,
            Act.WILL_NOT_RETAINED,
            Act.SLEEPS,
            Act.DATA,
            Act.EXPIRY,
            Act.AUDIT,
            Act.CUT,
            Act.RESUME);
    private static final Set<Act> RESTARTS =
            EnumSet.of(Act.BIRTH, Act.WILL, Act.SLEEPS, Act.REMOVED, Act.DATA, Act.KILL, Act.RESUME, Act.LOSE);
    private static final Set<Act> MERGE =
            EnumSet.of(Act.BIRTH, Act.WILL, Act.SLEEPS, Act.REMOVED, Act.DATA, Act.CUT, Act.RESUME);

    private static boolean thorough() {
        return Boolean.getBoolean("long");
    }

    @Test
    void every_short_sequence_of_messages_ends_as_the_plain_rules_say() {
        exhaust(PLAIN, 1, true, LIVE, thorough() ? 4 : 3);
    }

    @Test
    void every_short_sequence_ends_as_the_rules_say_where_silence_and_sleep_have_an_end() {
        exhaust(STRICT, 1, true, LIVE, thorough() ? 4 : 3);
    }

    @Test
    void every_short_sequence_on_mqtt_3_ends_as_the_plain_rules_say() {
        exhaust(PLAIN, 1, false, LIVE, thorough() ? 4 : 3);
    }

    @Test
    void every_short_sequence_with_a_server_that_comes_and_goes_ends_as_the_plain_rules_say() {
        exhaust(PLAIN, 1, true, LINKS, thorough() ? 4 : 3);
    }

    @Test
    void every_short_sequence_with_audits_ends_as_the_plain_rules_say() {
        exhaust(PLAIN, 1, true, AUDITS, thorough() ? 4 : 3);
    }

    @Test
    void every_short_sequence_with_restarts_of_ours_ends_as_the_plain_rules_say() {
        exhaust(PLAIN, 1, true, RESTARTS, thorough() ? 4 : 3);
    }

    @Test
    void every_short_sequence_on_two_servers_ends_as_the_plain_rules_say() {
        exhaust(PLAIN, 2, true, MERGE, 3);
    }

    private static void exhaust(NaiveModel.Rules rules, int servers, boolean mqtt5, Set<Act> acts, int length) {
        var choices = new ArrayList<Step>();
        for (var act : acts) {
            for (int server = 0; server < servers; server++) {
                for (int pause : PAUSES) {
                    choices.add(new Step(act, server, pause));
                }
            }
        }
        extend(new World(rules, servers, mqtt5), choices, new ArrayList<>(), length);
    }

    /** Of the last step only one pause is of interest: until all is over. */
    private static void extend(World world, List<Step> choices, List<Step> steps, int more) {
        for (var choice : choices) {
            if (more > 1) {
                steps.add(choice);
                extend(world, choices, steps, more - 1);
                steps.removeLast();
            } else if (choice.pause() == 0) {
                steps.add(new Step(choice.act(), choice.server(), REST));
                check(world, steps, "");
                steps.removeLast();
            }
        }
    }

    static LongStream seeds() {
        Long one = Long.getLong("seed");
        return one != null ? LongStream.of(one) : LongStream.range(0, thorough() ? 20_000 : 600);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void a_long_walk_is_at_each_second_where_the_plain_rules_say(long seed) {
        var random = new Random(seed);
        var all = List.of(PLAIN, STRICT, NEVER_SILENT, DAMPED);
        var world = new World(all.get(random.nextInt(all.size())), 1 + random.nextInt(2), random.nextInt(4) > 0);
        var acts = world.rules().damping()
                ? EnumSet.complementOf(EnumSet.of(Act.KILL)).toArray(Act[]::new)
                : Act.values();
        var steps = new ArrayList<Step>();
        for (int i = 0; i < 60; i++) {
            int pause = random.nextInt(3) == 0 ? random.nextInt(2 * SILENCE) : PAUSES[random.nextInt(PAUSES.length)];
            steps.add(new Step(acts[random.nextInt(acts.length)], random.nextInt(world.servers()), pause));
        }

        check(world, steps, "again with -Dseed=" + seed);
    }

    private record World(NaiveModel.Rules rules, int servers, boolean mqtt5) {
        Optional<String> difference(List<Step> steps) {
            return ReferenceWorld.difference(rules, servers, mqtt5, steps);
        }
    }

    private static void check(World world, List<Step> steps, String again) {
        if (world.difference(steps).isEmpty()) {
            return;
        }
        var least = shrunk(world, steps);
        fail("%s%n  %s%n  %s%n  %s", least, world.difference(least).orElseThrow(), world, again);
    }

    /** Leaves out steps and shortens pauses for as long as there is a difference still. */
    private static List<Step> shrunk(World world, List<Step> steps) {
        var least = List.copyOf(steps);
        for (var smaller = smaller(world, least); smaller.isPresent(); smaller = smaller(world, least)) {
            least = smaller.get();
        }
        return least;
    }

    private static Optional<List<Step>> smaller(World world, List<Step> steps) {
        for (int i = 0; i < steps.size(); i++) {
            var without = new ArrayList<>(steps);
            var step = without.remove(i);
            if (world.difference(without).isPresent()) {
                return Optional.of(without);
            }
            for (int pause : new int[] {0, step.pause() / 2, step.pause() - 1}) {
                var shorter = new ArrayList<>(steps);
                shorter.set(i, new Step(step.act(), step.server(), pause));
                if (pause >= 0
                        && pause < step.pause()
                        && world.difference(shorter).isPresent()) {
                    return Optional.of(shorter);
                }
            }
        }
        return Optional.empty();
    }
}
