package io.akrimqtt.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.cli.local.DemoStory.Step;
import io.akrimqtt.cli.output.Event;
import io.akrimqtt.cli.output.EventType;
import io.akrimqtt.cli.output.Field;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoStoryTest {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    private final DemoStory story = new DemoStory(List.of("press-1", "oven-1", "robot-1", "press-2"));

    @Test
    void begins_when_three_workloads_run_and_not_before() {
        running("press-1");
        running("oven-1");
        running("oven-1");
        assertThat(story.tick(NOON.plusSeconds(60))).isEmpty();

        running("robot-1");

        assertThat(story.tick(NOON.plusSeconds(1))).isEmpty();
        assertThat(story.tick(NOON.plusSeconds(2))).containsExactly(Step.INVOKE);
        assertThat(story.asked()).isEqualTo("press-1");
    }

    @Test
    void the_third_device_dies_after_the_answer_and_only_once() {
        gathered();
        story.tick(NOON.plusSeconds(2));

        story.on(event(EventType.COMMAND_FINISHED, "press-1", NOON.plusSeconds(3)));

        assertThat(story.tick(NOON.plusSeconds(4))).isEmpty();
        assertThat(story.tick(NOON.plusSeconds(5))).containsExactly(Step.KILL);
        assertThat(story.tick(NOON.plusSeconds(500))).isEmpty();
        assertThat(story.mortalName()).isEqualTo("robot-1");
    }

    @Test
    void goes_on_without_an_answer() {
        gathered();
        story.tick(NOON.plusSeconds(2));

        story.tick(NOON.plusSeconds(17));

        assertThat(story.tick(NOON.plusSeconds(17))).containsExactly(Step.KILL);
    }

    @Test
    void a_single_device_is_asked_and_lives() {
        var single = new DemoStory(List.of("press-1"));
        single.on(event(EventType.WORKLOAD_RUNNING, "press-1", NOON));

        assertThat(single.tick(NOON.plusSeconds(2))).containsExactly(Step.INVOKE);
        single.on(event(EventType.COMMAND_FINISHED, "press-1", NOON.plusSeconds(3)));
        assertThat(single.tick(NOON.plusSeconds(100))).isEmpty();
        assertThat(single.mortalName()).isEmpty();
    }

    private void gathered() {
        running("press-1");
        running("oven-1");
        running("robot-1");
    }

    private void running(String device) {
        story.on(event(EventType.WORKLOAD_RUNNING, device, NOON));
    }

    private static Event event(EventType type, String device, Instant time) {
        return Event.of(type, time).with(Field.DEVICE, device);
    }
}
