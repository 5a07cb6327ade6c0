package io.akrimqtt.monitor.command.life;

import static io.akrimqtt.monitor.command.life.QueueStory.order;
import static io.akrimqtt.monitor.command.life.QueueStory.queued;
import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.messaging.rpc.Origin;
import io.akrimqtt.messaging.rpc.Payload;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A process that dies, and the next one. */
class CommandQueueCrashTest {

    private final QueueStory story = QueueStory.ready(QueueRules.DEFAULT);

    private static Queueing ttl(Duration ttl) {
        return new Queueing(ttl, CommandPriority.NORMAL, "");
    }

    @Test
    void leaves_what_waits_to_the_next_one_in_order_and_reports_what_expired_meanwhile() {
        story.asleep();
        story.submit("a", order("1").queued(ttl(Duration.ofSeconds(5))));
        story.submit("b", queued("2"));
        story.submit("c", queued("3"));
        story.dies();
        story.now = story.now.plusSeconds(6);
        story.line(true);
        story.found();

        assertThat(story.last("a").state()).isEqualTo(CommandState.EXPIRED);
        assertThat(story.sent()).containsExactly("b", "c");
    }

    @Test
    void sends_nothing_before_all_was_found() {
        story.asleep();
        story.submit("a", queued("1"));
        story.dies();
        story.line(true);
        story.submit("b", queued("2"));
        assertThat(story.sends).isEmpty();
        story.found();

        assertThat(story.sent()).containsExactly("a", "b");
    }

    @Test
    void leaves_a_sent_one_to_its_answer_or_its_deadline() {
        story.submit("a", queued("1"));
        story.submit("b", queued("2"));
        story.dies();
        story.line(true);
        story.found();
        story.overhear("a");
        story.pass(Duration.ofSeconds(10));

        assertThat(story.sends).isEmpty();
        assertThat(story.last("a").state()).isEqualTo(CommandState.SUCCEEDED);
        assertThat(story.last("b"))
                .isEqualTo(CommandOutcome.refused(
                        504,
                        Origin.QUEUE,
                        true,
                        "its workload ended when it sent it, and no answer came: it may or may not have been"
                                + " done"));
    }

    @Test
    void sends_again_under_the_same_id_what_the_device_knows_again() {
        var story = QueueStory.ready(QueueRules.DEFAULT.withRepeatable(true, Duration.ofHours(1)));
        story.submit("a", queued("1"));
        story.dies();
        story.line(true);
        story.now = story.now.plusSeconds(3);
        story.found();

        assertThat(story.sends).singleElement().satisfies(send -> {
            assertThat(send.id()).isEqualTo("a");
            assertThat(send.timeout()).isEqualTo(Duration.ofSeconds(6));
        });
        story.answer("a", 200);
        assertThat(story.last("a").state()).isEqualTo(CommandState.SUCCEEDED);
    }

    @Test
    void sends_nothing_again_that_the_device_may_have_forgotten_or_that_is_one_way() {
        var story = QueueStory.ready(QueueRules.DEFAULT.withRepeatable(true, Duration.ofSeconds(4)));
        story.submit("a", queued("1"));
        story.submit(
                "b",
                new CommandOrder("2", Payload.EMPTY, Duration.ofSeconds(10), true)
                        .queued(Queueing.DEFAULT)
                        .repeatably());
        story.dies();
        story.now = story.now.plusSeconds(2);
        story.line(true);
        story.found();
        story.pass(Duration.ofSeconds(8));

        assertThat(story.sends).isEmpty();
        assertThat(story.last("a").state()).isEqualTo(CommandState.TIMED_OUT);
        assertThat(story.last("b").state()).isEqualTo(CommandState.TIMED_OUT);
    }
}
