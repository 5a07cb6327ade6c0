package io.akrimqtt.presence.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The core against {@link NaiveModel}: all short sequences, and long walks. */
class ReferenceTest {

    private static final int SILENCE = 25;
    private static final NaiveModel.Step[] STEPS = NaiveModel.Step.values();
    private static final int[] PAUSES = {0, 2, 3, 9, 10};

    /** Every sequence of up to five steps with every pause of interest between them is too much; pauses vary by position. */
    @Test
    void every_sequence_of_four_steps_ends_as_the_plain_rules_say() {
        int sequences = 0;
        for (int first = 0; first < STEPS.length; first++) {
            for (int rest = 0; rest < STEPS.length * STEPS.length * STEPS.length; rest++) {
                for (int pauses = 0; pauses < PAUSES.length * PAUSES.length; pauses++) {
                    compare(sequence(first, rest, pauses), false);
                    sequences++;
                }
            }
        }
        assertThat(sequences).isEqualTo(8 * 512 * 25);
    }

    private static List<NaiveModel.Step> sequence(int first, int rest, int pauses) {
        var steps = new ArrayList<NaiveModel.Step>();
        steps.add(STEPS[first]);
        pause(steps, PAUSES[pauses % PAUSES.length]);
        steps.add(STEPS[rest % STEPS.length]);
        pause(steps, PAUSES[pauses / PAUSES.length]);
        steps.add(STEPS[rest / STEPS.length % STEPS.length]);
        steps.add(STEPS[rest / STEPS.length / STEPS.length]);
        pause(steps, 11);
        return steps;
    }

    private static void pause(List<NaiveModel.Step> steps, int seconds) {
        for (int i = 0; i < seconds; i++) {
            steps.add(NaiveModel.Step.NOTHING);
        }
    }

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void a_long_walk_ends_as_the_plain_rules_say_at_each_step(long seed) {
        var random = new Random(seed);
        var steps = new ArrayList<NaiveModel.Step>();
        for (int i = 0; i < 60; i++) {
            steps.add(random.nextInt(3) == 0 ? STEPS[random.nextInt(STEPS.length)] : NaiveModel.Step.NOTHING);
        }

        for (int length = 1; length <= steps.size(); length += 7) {
            compare(steps.subList(0, length), seed % 2 == 0);
        }
        compare(steps, seed % 2 == 0);
    }

    private static void compare(List<NaiveModel.Step> steps, boolean written) {
        var rules = PresenceRules.DEFAULT
                .with(new PresenceRules.Silence(Duration.ofSeconds(SILENCE), false, written))
                .withFlapDamping(false);
        var story = Story.begin(rules);
        var naive = new NaiveModel(SILENCE, written);
        for (int i = 0; i < steps.size(); i++) {
            tell(story, steps.get(i));
            story.tick();
            naive.happens(steps.get(i));
            if (i < steps.size() - 1) {
                story.withoutTicks(Duration.ofSeconds(1));
            }
        }
        var believed = story.table
                .belief(Story.DEVICE)
                .map(belief -> belief.presence().name())
                .orElse("");
        assertThat(believed).as("%s", steps).isEqualTo(naive.belief());
    }

    private static void tell(Story story, NaiveModel.Step step) {
        switch (step) {
            case BIRTH -> story.says(Said.ONLINE);
            case WILL -> story.says(Said.OFFLINE);
            case REMOVED -> story.says(Said.GONE);
            case SLEEPS -> story.says(Said.SLEEPING);
            case WILL_NOT_RETAINED -> story.saysUnretained(Said.OFFLINE);
            case OVERTAKEN_WILL -> story.keep(Story.STATUS, Said.ONLINE).overtaken(Said.OFFLINE);
            case DATA -> story.publishes();
            case NOTHING -> {}
        }
    }
}
