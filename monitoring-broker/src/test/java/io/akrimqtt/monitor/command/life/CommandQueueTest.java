package io.akrimqtt.monitor.command.life;

import static io.akrimqtt.monitor.command.life.QueueStory.order;
import static io.akrimqtt.monitor.command.life.QueueStory.queued;
import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.messaging.rpc.CommandEvent;
import io.akrimqtt.messaging.rpc.Origin;
import io.akrimqtt.messaging.rpc.Payload;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CommandQueueTest {

    private static final QueueRules RULES = QueueRules.DEFAULT;

    private final QueueStory story = QueueStory.ready(RULES);

    private static Queueing ttl(Duration ttl) {
        return new Queueing(ttl, CommandPriority.NORMAL, "");
    }

    private static Queueing priority(CommandPriority priority) {
        return new Queueing(Duration.ofMinutes(1), priority, "");
    }

    private static Queueing replacing(String key) {
        return new Queueing(Duration.ofMinutes(1), CommandPriority.NORMAL, key);
    }

    @Nested
    class A_command_without_queueing {

        @Test
        void goes_through_its_states() {
            story.submit("a", order("start"));
            story.published("a");
            story.report("a", new CommandEvent.Accepted("soon"));
            story.report("a", new CommandEvent.InProgress(Payload.text("50"), ""));
            story.answer("a", 200);

            assertThat(story.states("a"))
                    .containsExactly(
                            CommandState.PUBLISHED,
                            CommandState.ACCEPTED,
                            CommandState.IN_PROGRESS,
                            CommandState.SUCCEEDED);
            assertThat(story.store).isEmpty();
        }

        @Test
        void fails_at_once_where_the_device_is_away() {
            story.asleep();
            story.submit("a", order("start"));

            assertThat(story.last("a"))
                    .isEqualTo(CommandOutcome.refused(503, Origin.DEVICE, true, "the device sleeps"));
            assertThat(story.sends).isEmpty();
        }

        @Test
        void fails_at_once_without_a_server_and_where_nobody_listens() {
            story.line(false);
            story.submit("a", order("start"));
            story.line(true);
            story.submit("b", order("start"));
            story.report("b", new CommandEvent.Published(true));
            story.report("b", new CommandEvent.Failed(503, Origin.SERVER, true, "nobody listens"));

            assertThat(story.last("a").status()).isEqualTo(503);
            assertThat(story.last("b").text()).isEqualTo("nobody listens");
        }

        @Test
        void times_out_exactly_at_its_deadline_and_an_answer_at_that_moment_is_in_time() {
            story.submit("a", order("start"));
            story.submit("b", order("start"));
            story.published("a");
            story.now = story.now.plusSeconds(10);
            story.answer("b", 200);

            assertThat(story.last("b").state()).isEqualTo(CommandState.SUCCEEDED);
            assertThat(story.ended("a")).isFalse();
            story.pass(Duration.ZERO);
            assertThat(story.last("a"))
                    .isEqualTo(CommandOutcome.refused(504, Origin.DEVICE, true, "no answer within 10000 ms"));
        }

        @Test
        void gets_a_late_answer_attached_once() {
            story.submit("a", order("start"));
            story.published("a");
            story.pass(Duration.ofSeconds(11));
            story.overhear("a");

            assertThat(story.decisions).anyMatch(decision -> decision instanceof QueueDecision.Late);
            assertThat(story.queue.view("a").orElseThrow().late())
                    .satisfies(late -> assertThat(late).isNotNull());
            assertThat(story.queue.view("a").orElseThrow().latest().outcome().state())
                    .isEqualTo(CommandState.TIMED_OUT);
            story.overhear("a");
            assertThat(story.decisions).noneMatch(decision -> decision instanceof QueueDecision.Late);
        }

        @Test
        void is_answered_once_by_a_device_that_answers_twice() {
            story.submit("a", order("start"));
            story.answer("a", 200);
            story.answer("a", 500);

            assertThat(story.states("a")).containsExactly(CommandState.SUCCEEDED);
        }

        @Test
        void waits_for_its_turn_where_the_order_is_not_a_burst() {
            var story = QueueStory.ready(RULES.with(SendingOrder.AFTER_RESPONSE));
            story.submit("a", order("start"));
            story.submit("b", order("stop"));

            assertThat(story.sent()).containsExactly("a");
            assertThat(story.states("b")).containsExactly(CommandState.QUEUED);
            story.answer("a", 200);
            assertThat(story.sent()).containsExactly("a", "b");
        }
    }

    @Nested
    class A_command_that_is_queued {

        @Test
        void is_told_so_once_it_is_safe_and_goes_when_the_device_is_awake() {
            story.slowStore = true;
            story.asleep();
            story.submit("a", queued("start"));
            assertThat(story.told).isEmpty();
            story.kept(story.unkept.removeFirst());

            assertThat(story.last("a").state()).isEqualTo(CommandState.QUEUED);
            assertThat(story.last("a").text()).isEqualTo("the device sleeps");
            story.awake();
            assertThat(story.sends).isEmpty();
            story.kept(story.unkept.removeFirst());
            assertThat(story.sent()).containsExactly("a");
        }

        @Test
        void goes_in_order_and_never_when_expired() {
            story.asleep();
            story.submit("a", order("1").queued(ttl(Duration.ofSeconds(5))));
            story.submit("b", order("2").queued(ttl(Duration.ofSeconds(60))));
            story.submit("c", order("3").queued(priority(CommandPriority.HIGH)));
            story.submit("d", order("4").queued(priority(CommandPriority.LOW)));
            story.submit("e", order("5").queued(ttl(Duration.ofSeconds(60))));
            story.pass(Duration.ofSeconds(5));
            story.awake();

            assertThat(story.sent()).containsExactly("c", "b", "e", "d");
            assertThat(story.last("a"))
                    .isEqualTo(CommandOutcome.refused(
                            410, Origin.QUEUE, true, "was not sent within its time to live of 5 s"));
        }

        @Test
        void is_replaced_by_a_newer_one_with_the_same_key() {
            story.asleep();
            story.submit("a", order("set").queued(replacing("speed")));
            story.submit("b", order("set").queued(replacing("light")));
            story.submit("c", order("set").queued(replacing("speed")));
            story.awake();

            assertThat(story.last("a").state()).isEqualTo(CommandState.CANCELLED);
            assertThat(story.last("a").text()).isEqualTo("replaced by the command c");
            assertThat(story.sent()).containsExactly("b", "c");
        }

        @Test
        void goes_back_where_the_server_proves_that_nobody_listens_and_waits_for_a_sign_of_life() {
            story.submit("a", queued("start"));
            story.report("a", new CommandEvent.Published(true));

            assertThat(story.last("a").state()).isEqualTo(CommandState.QUEUED);
            assertThat(story.store.get("a"))
                    .satisfies(record -> assertThat(record)
                            .isNotNull()
                            .extracting(CommandRecord::sent)
                            .isNull());
            assertThat(story.sends).hasSize(1);
            story.pass(Duration.ofSeconds(5));
            assertThat(story.sends).hasSize(1);
            story.awake();
            assertThat(story.sends).hasSize(2);
        }

        @Test
        void goes_back_and_is_tried_again_where_nobody_listens_and_nothing_tells_of_the_device() {
            story.submit("a", queued("start"));
            story.report("a", new CommandEvent.Published(true));
            story.pass(Duration.ofSeconds(30));

            assertThat(story.sends).hasSize(2);
        }

        @Test
        void fails_where_it_cannot_be_kept() {
            story.slowStore = true;
            story.submit("a", queued("start"));
            var keep = story.unkept.removeFirst();
            story.on(new QueueEvent.NotKept(story.now, "a", keep.ticket(), "no rights"));

            assertThat(story.last("a").text()).isEqualTo("the command could not be kept: no rights");
            assertThat(story.store).isEmpty();
        }

        @Test
        void says_when_taken_back_whether_it_had_been_sent() {
            story.asleep();
            story.submit("a", queued("start"));
            story.cancel("a");
            story.awake();
            story.submit("b", queued("start"));
            story.cancel("b");
            story.cancel("b");

            assertThat(story.last("a").text()).isEqualTo("taken back");
            assertThat(story.last("b").text())
                    .isEqualTo("taken back; it had been sent, so the device may do it all the same");
            assertThat(story.decisions).isEmpty();
        }

        @Test
        void is_forgotten_some_time_after_its_end() {
            story.submit("a", queued("start"));
            story.answer("a", 200);
            story.pass(RULES.keepEnded().minusNanos(1));
            assertThat(story.store).hasSize(1);
            story.pass(Duration.ofNanos(1));

            assertThat(story.store).isEmpty();
            assertThat(story.queue.views()).isEmpty();
        }
    }

    @Nested
    class The_order_of_sending {

        private void three(QueueStory story) {
            story.submit("a", queued("1"));
            story.submit("b", queued("2"));
            story.submit("c", queued("3"));
        }

        @Test
        void after_ack_sends_when_the_server_has_taken_the_one_before() {
            var story = QueueStory.ready(RULES.with(SendingOrder.AFTER_ACK));
            three(story);
            assertThat(story.sent()).containsExactly("a");
            story.published("a");
            assertThat(story.sent()).containsExactly("a", "b");
        }

        @Test
        void after_response_sends_when_the_one_before_has_ended() {
            var story = QueueStory.ready(RULES.with(SendingOrder.AFTER_RESPONSE));
            three(story);
            story.published("a");
            assertThat(story.sent()).containsExactly("a");
            story.pass(Duration.ofSeconds(10));
            assertThat(story.last("a").state()).isEqualTo(CommandState.TIMED_OUT);
            assertThat(story.sent()).containsExactly("a", "b");
        }

        @Test
        void each_device_of_a_group_has_its_own_turn() {
            var story = QueueStory.ready(RULES.with(SendingOrder.AFTER_RESPONSE));
            story.submit("a", queued("1").to("line/press"));
            story.submit("b", queued("2").to("line/press"));
            story.submit("c", queued("3").to("line/drill"));

            assertThat(story.sent()).containsExactly("a", "c");
        }

        @ParameterizedTest
        @EnumSource(SendingOrder.class)
        void a_device_of_a_group_that_sleeps_or_does_not_listen_holds_up_no_other(SendingOrder order) {
            var story = QueueStory.ready(RULES.with(order));
            story.on(new QueueEvent.Reach(story.now, "line/press", false, "it sleeps"));
            story.submit("a", queued("1").to("line/press"));
            story.submit("b", queued("2").to("line/drill"));
            story.on(new QueueEvent.Reported(story.now, "b", 1, new CommandEvent.Published(true)));
            story.submit("c", queued("3").to("line/saw"));

            assertThat(story.sent()).containsExactly("b", "c");
            story.on(new QueueEvent.Reach(story.now, "line/press", true, ""));
            assertThat(story.sent()).containsExactly("b", "c", "a");
        }

        @ParameterizedTest
        @EnumSource(SendingOrder.class)
        void never_has_more_under_way_than_allowed(SendingOrder order) {
            var story = QueueStory.ready(RULES.with(order).withMaxInFlight(2));
            three(story);
            story.sent().forEach(story::published);

            assertThat(story.queue.inFlight()).isLessThanOrEqualTo(2);
        }
    }

    @Nested
    class An_idempotency_key {

        @Test
        void makes_the_same_order_the_same_command_even_after_its_end() {
            story.submit("a", order("start").withIdempotencyKey("k"));
            story.submit("b", order("start").withIdempotencyKey("k"));
            assertThat(story.decisions).singleElement().isInstanceOf(QueueDecision.Same.class);
            story.answer("a", 200);
            story.submit("c", order("start").withIdempotencyKey("k"));

            assertThat(story.decisions)
                    .singleElement()
                    .isInstanceOfSatisfying(
                            QueueDecision.Same.class,
                            same -> assertThat(same.earlier().latest().outcome().state())
                                    .isEqualTo(CommandState.SUCCEEDED));
            assertThat(story.sent()).containsExactly("a");
        }

        @Test
        void refuses_another_order_but_not_another_caller() {
            story.submit("a", order("start").withIdempotencyKey("k"));
            story.submit("b", order("stop").withIdempotencyKey("k"));
            story.submit("c", order("stop").withIdempotencyKey("k").from("else"));

            assertThat(story.last("b").status()).isEqualTo(409);
            assertThat(story.last("b").state()).isEqualTo(CommandState.REJECTED);
            assertThat(story.sent()).containsExactly("a", "c");
        }

        @Test
        void is_known_to_the_next_process() {
            story.submit("a", order("start").withIdempotencyKey("k"));
            story.answer("a", 200);
            story.dies();
            story.found();
            story.submit("b", order("start").withIdempotencyKey("k"));

            assertThat(story.decisions).singleElement().isInstanceOf(QueueDecision.Same.class);
        }
    }

    @Nested
    class A_limit {

        @Test
        void of_what_waits_and_of_what_is_under_way_refuses_with_429() {
            var story = QueueStory.ready(RULES.withMaxWaiting(2).withMaxInFlight(2));
            story.submit("x", order("1"));
            story.submit("y", order("1"));
            story.submit("z", order("1"));
            story.asleep();
            IntStream.range(0, 3).forEach(i -> story.submit("q" + i, queued("1")));

            assertThat(story.last("z").text()).isEqualTo("2 commands are under way (expected: fewer)");
            assertThat(story.last("q2").text()).isEqualTo("2 commands wait (expected: fewer)");
            assertThat(story.last("q2").status()).isEqualTo(429);
            assertThat(story.last("q2").origin()).isEqualTo(Origin.QUEUE);
        }

        @Test
        void of_bytes_refuses_with_429() {
            story.asleep();
            var large = new CommandOrder("x", Payload.of(new byte[256 * 1024], null), Duration.ofSeconds(10), false)
                    .queued(Queueing.DEFAULT);
            IntStream.range(0, 65).forEach(i -> story.submit("q" + i, large));

            assertThat(story.ended("q63")).isFalse();
            assertThat(story.last("q64").status()).isEqualTo(429);
        }

        @Test
        void of_what_is_remembered_forgets_the_oldest() {
            var story = QueueStory.ready(RULES.withMaxEnded(2));
            for (var id : new String[] {"a", "b", "c"}) {
                story.submit(id, queued("1"));
                story.answer(id, 200);
            }

            assertThat(story.store).containsOnlyKeys("b", "c");
        }
    }
}
