package io.akrimqtt.monitor.command.life;

import static io.akrimqtt.monitor.command.life.QueueStory.order;
import static io.akrimqtt.monitor.command.life.QueueStory.queued;
import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.messaging.rpc.Origin;
import io.akrimqtt.messaging.rpc.Payload;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Another workload of the device takes over, has taken over, or goes; and commands whose answers tell nothing. */
class CommandQueueHandoverTest {

    private final QueueStory story = QueueStory.ready(QueueRules.DEFAULT);

    private CommandRecord stored(String id) {
        return Objects.requireNonNull(story.store.get(id));
    }

    private void contested(CommandRecord theirs, boolean lost) {
        story.on(new QueueEvent.Contested(story.now, theirs, lost));
    }

    private CommandRecord ended(String id, CommandOutcome outcome) {
        var record = stored(id);
        return new CommandRecord(
                id,
                record.number(),
                record.order(),
                record.fingerprint(),
                record.submitted(),
                record.until(),
                story.now,
                story.now.plusSeconds(10),
                outcome,
                story.now);
    }

    private static CommandOutcome done() {
        return new CommandOutcome(CommandState.SUCCEEDED, true, 200, null, false, "", Payload.text("there"));
    }

    private void asleepWith(String id) {
        story.asleep();
        story.submit(id, queued("1"));
    }

    @Test
    void what_another_one_minds_is_neither_sent_nor_written_and_ends_as_it_ends_there() {
        asleepWith("a");
        contested(stored("a"), true);
        assertThat(story.last("a").text()).isEqualTo("another workload of the device minds it");
        story.awake();
        assertThat(story.sends).isEmpty();

        story.cancel("a");
        assertThat(story.ended("a"))
                .as("taken back where nobody can take it back")
                .isFalse();
        var before = story.store.get("a");
        contested(ended("a", done()), true);

        assertThat(story.last("a")).isEqualTo(done());
        assertThat(story.store.get("a")).as("written by us").isSameAs(before);
        story.pass(Duration.ofMinutes(11));
        assertThat(story.store).as("deleted by us").containsKey("a");
    }

    @Test
    void what_is_about_to_be_sent_is_not_sent_any_more() {
        story.slowStore = true;
        story.submit("a", queued("1"));
        story.kept(story.unkept.removeFirst());
        var noting = story.unkept.removeFirst();
        contested(stored("a"), true);
        story.kept(noting);

        assertThat(story.sends).isEmpty();
        assertThat(story.queue.inFlight()).isZero();
    }

    @Test
    void what_was_sent_ends_here_too_and_is_not_written() {
        story.submit("a", queued("1"));
        contested(stored("a"), true);
        var before = story.store.get("a");
        story.answer("a", 200);

        assertThat(story.last("a").state()).isEqualTo(CommandState.SUCCEEDED);
        assertThat(story.store.get("a")).isSameAs(before);
    }

    @Test
    void what_comes_back_goes_on() {
        asleepWith("a");
        asleepWith("b");
        asleepWith("c");
        for (var id : new String[] {"a", "b", "c"}) {
            contested(stored(id), true);
        }
        story.awake();
        story.on(new QueueEvent.Restored(story.now, stored("a")));
        story.on(new QueueEvent.Restored(story.now, ended("b", done())));
        var sent = ended("c", done());
        story.on(new QueueEvent.Restored(
                story.now,
                new CommandRecord(
                        "c",
                        3,
                        sent.order(),
                        "",
                        sent.submitted(),
                        sent.until(),
                        sent.sent(),
                        sent.deadline(),
                        null,
                        null)));

        assertThat(story.sent()).containsExactly("a");
        assertThat(story.last("b")).isEqualTo(done());
        story.pass(Duration.ofSeconds(10));
        assertThat(story.last("c").status()).isEqualTo(504);
        assertThat(story.last("c").text()).startsWith("its workload ended when it sent it");
    }

    @Test
    void what_is_never_heard_of_again_ends_all_the_same() {
        asleepWith("a");
        contested(stored("a"), true);
        story.pass(Queueing.DEFAULT_TTL.plusSeconds(41));

        assertThat(story.last("a"))
                .isEqualTo(CommandOutcome.refused(
                        504,
                        Origin.QUEUE,
                        true,
                        "another workload of the device took it over, and of its end nothing was heard"));
    }

    @Test
    void what_is_ours_is_written_again_and_ends_as_the_other_one_has_ended_it() {
        asleepWith("a");
        asleepWith("b");
        story.store.remove("a");
        contested(theirs("a"), false);
        assertThat(story.store).containsKey("a");

        contested(ended("b", done()), false);
        assertThat(story.last("b")).isEqualTo(done());
        assertThat(stored("b").outcome()).isEqualTo(done());
    }

    /** A record as a rival may have written it. */
    private CommandRecord theirs(String id) {
        return new CommandRecord(id, 1, queued("1"), "", story.now, story.now.plusSeconds(60), null, null, null, null);
    }

    @Test
    void a_record_that_is_not_taken_in_time_sends_nothing_and_leaves_the_command_its_time() {
        story.slowStore = true;
        story.submit("a", queued("1"));
        story.kept(story.unkept.removeFirst());
        var noting = story.unkept.removeFirst();
        story.pass(Duration.ofSeconds(10));
        story.kept(noting);

        assertThat(story.sends).isEmpty();
        assertThat(story.last("a").state()).isEqualTo(CommandState.QUEUED);
        story.pass(Duration.ofSeconds(2));
        story.unkept.stream().filter(keep -> keep.ticket() != 0).toList().forEach(story::kept);
        assertThat(story.sent()).containsExactly("a");
    }

    private static final QueueRules SINGLE =
            QueueRules.DEFAULT.with(SendingOrder.AFTER_RESPONSE).withWritten(true);

    @Test
    void where_answers_tell_nothing_each_command_is_written_before_it_is_sent_and_as_long_as_it_may_be_answered() {
        var story = QueueStory.ready(SINGLE);
        story.slowStore = true;
        story.submit("a", order("1"));
        assertThat(story.sends).isEmpty();
        story.kept(story.unkept.removeFirst());
        assertThat(story.sent()).containsExactly("a");
        assertThat(story.store).containsKey("a");
        story.answer("a", 200);
        assertThat(story.store).isEmpty();

        story.submit("b", order("2"));
        story.kept(story.unkept.removeFirst());
        story.pass(Duration.ofSeconds(10));
        assertThat(story.last("b").state()).isEqualTo(CommandState.TIMED_OUT);
        assertThat(Objects.requireNonNull(story.store.get("b")).answerable(story.now))
                .hasValue(Duration.ofSeconds(10));
        story.pass(Duration.ofMinutes(10));
        assertThat(story.store).isEmpty();
    }

    @Test
    void the_next_process_sends_nothing_while_such_a_command_has_time_and_never_sends_it_again() {
        var story = QueueStory.ready(SINGLE.withRepeatable(true, Duration.ofHours(1)));
        story.submit("a", order("1").repeatably());
        story.dies();
        story.line(true);
        story.submit("b", order("2"));
        assertThat(story.sends).isEmpty();
        story.found();
        assertThat(story.sends).isEmpty();
        story.overhear("a");

        assertThat(story.last("a").state()).isEqualTo(CommandState.SUCCEEDED);
        assertThat(story.sent()).containsExactly("b");
    }

    @Test
    void such_a_command_does_not_wait_for_ever_for_what_others_have_kept() {
        var story = new QueueStory(SINGLE);
        story.line(true);
        story.submit("a", new CommandOrder("1", Payload.EMPTY, Duration.ofSeconds(30), false));
        assertThat(story.sends).isEmpty();
        story.pass(Duration.ofSeconds(15));

        assertThat(story.sent()).containsExactly("a");
    }

    @Test
    void where_it_cannot_be_written_it_is_sent_all_the_same() {
        var story = QueueStory.ready(SINGLE);
        story.slowStore = true;
        story.submit("a", order("1"));
        var keep = story.unkept.removeFirst();
        story.on(new QueueEvent.NotKept(story.now, "a", keep.ticket(), "away"));

        assertThat(story.sent()).containsExactly("a");
    }
}
