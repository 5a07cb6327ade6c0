package io.akrimqtt.monitor.command.life;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.messaging.rpc.CommandEvent;
import io.akrimqtt.messaging.rpc.Origin;
import io.akrimqtt.messaging.rpc.Payload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever happens: each command that was taken ends exactly once (the story checks that it does not end twice and is not sent
 * after its end), in time, and in a state that fits what was done.
 */
class CommandQueueWalkTest {

    /** Longer than any command of these tests may live. */
    private static final Duration ALL_OVER = Duration.ofMinutes(3);

    private static final Queueing SHORT = new Queueing(Duration.ofMinutes(1), CommandPriority.NORMAL, "");

    private static final List<Consumer<QueueStory>> STEPS = List.of(
            story -> story.submit(story.nextId(), QueueStory.order("direct")),
            story -> story.submit(story.nextId(), order("queued")),
            story -> story.line(false),
            story -> story.line(true),
            QueueStory::asleep,
            QueueStory::awake,
            story -> latest(story).ifPresent(story::published),
            story -> latest(story).ifPresent(id -> story.report(id, new CommandEvent.Published(true))),
            story -> latest(story)
                    .ifPresent(id -> story.report(id, new CommandEvent.Failed(503, Origin.SERVER, true, "away"))),
            story -> latest(story).ifPresent(id -> story.answer(id, 200)),
            story -> story.told.keySet().stream().findFirst().ifPresent(story::cancel),
            story -> story.pass(Duration.ofSeconds(10)));

    private static CommandOrder order(String command) {
        return QueueStory.order(command).queued(SHORT);
    }

    private static java.util.Optional<String> latest(QueueStory story) {
        return story.sends.isEmpty()
                ? java.util.Optional.empty()
                : java.util.Optional.of(story.sends.getLast().id());
    }

    private static void check(QueueStory story) {
        story.pass(ALL_OVER);
        story.told.forEach((id, updates) -> {
            assertThat(updates.getLast().outcome().last())
                    .as("%s has not ended: %s", id, updates)
                    .isTrue();
            boolean sent = story.sent().contains(id);
            var state = updates.getLast().outcome().state();
            if (!sent) {
                assertThat(state).as(id).isNotIn(CommandState.SUCCEEDED, CommandState.PUBLISHED);
            }
            if (state == CommandState.EXPIRED && sent) {
                assertThat(updates)
                        .as("%s expired though it was published", id)
                        .noneMatch(update -> update.outcome().state() == CommandState.PUBLISHED);
            }
        });
        assertThat(story.queue.inFlight()).isZero();
        assertThat(story.queue.waiting()).isZero();
    }

    @ParameterizedTest
    @EnumSource(SendingOrder.class)
    void every_sequence_of_four_steps_ends_each_command_once(SendingOrder order) {
        int count = STEPS.size();
        for (int sequence = 0; sequence < count * count * count * count; sequence++) {
            var story = QueueStory.ready(QueueRules.DEFAULT.with(order).withMaxInFlight(2));
            story.submit("first", order("queued"));
            for (int step = 0, rest = sequence; step < 4; step++, rest /= count) {
                STEPS.get(rest % count).accept(story);
            }
            check(story);
        }
    }

    static Stream<Arguments> seeds() {
        return IntStream.range(0, 300)
                .boxed()
                .flatMap(seed -> Stream.of(SendingOrder.values()).map(order -> Arguments.of(seed, order)));
    }

    @ParameterizedTest(name = "seed {0}, {1}")
    @MethodSource("seeds")
    void long_walks_end_each_command_once_and_keep_the_order(int seed, SendingOrder order) {
        var random = new Random(seed);
        var rules = QueueRules.DEFAULT.with(order).withMaxInFlight(3).withMaxWaiting(8);
        var story = QueueStory.ready(rules);
        story.slowStore = random.nextBoolean();
        for (int i = 0; i < 200; i++) {
            if (!story.unkept.isEmpty() && random.nextInt(2) == 0) {
                var keep = story.unkept.removeFirst();
                story.on(
                        random.nextInt(8) == 0
                                ? new QueueEvent.NotKept(
                                        story.now, keep.command().id(), keep.ticket(), "lost")
                                : new QueueEvent.Kept(story.now, keep.command().id(), keep.ticket()));
            } else {
                STEPS.get(random.nextInt(STEPS.size())).accept(story);
            }
            assertThat(story.queue.inFlight()).isLessThanOrEqualTo(order == SendingOrder.AFTER_RESPONSE ? 1 : 3);
        }
        check(story);
    }

    /** What an executor that knows repetitions does: each id once. Commands are answered one time in three. */
    @ParameterizedTest(name = "seed {0}, {1}")
    @MethodSource("seeds")
    void processes_that_die_at_any_moment_lose_nothing_and_do_nothing_twice(int seed, SendingOrder order) {
        var random = new Random(seed);
        boolean knowsAgain = random.nextBoolean();
        var story = QueueStory.ready(QueueRules.DEFAULT.with(order).withRepeatable(knowsAgain, Duration.ofHours(1)));
        var taken = new ArrayList<String>();
        var executed = new ArrayList<String>();
        int seen = 0;
        for (int i = 0; i < 120; i++) {
            switch (random.nextInt(8)) {
                case 0, 1 -> {
                    var id = "q" + i;
                    story.submit(id, order("c"));
                    taken.add(id);
                }
                case 2 -> story.pass(Duration.ofSeconds(random.nextInt(8)));
                case 3 -> story.asleep();
                case 4 -> story.awake();
                case 5 -> {
                    story.dies();
                    seen = 0;
                    story.line(true);
                    story.found();
                }
                default -> {
                    for (; seen < story.sends.size(); seen++) {
                        var id = story.sends.get(seen).id();
                        if (random.nextInt(3) > 0) {
                            executed.add(id);
                        }
                        if (random.nextInt(3) == 0) {
                            story.answer(id, 200);
                        }
                    }
                }
            }
        }
        story.awake();
        story.pass(ALL_OVER);

        for (var id : taken) {
            assertThat(story.ended(id)).as("%s has not ended", id).isTrue();
            boolean done = executed.contains(id);
            if (story.last(id).state() == CommandState.EXPIRED) {
                assertThat(done).as("%s expired, but was done", id).isFalse();
            }
        }
        if (!knowsAgain) {
            assertThat(executed).doesNotHaveDuplicates();
        }
    }

    @ParameterizedTest
    @EnumSource(SendingOrder.class)
    void commands_of_one_priority_leave_in_the_order_in_which_they_came(SendingOrder order) {
        var story = QueueStory.ready(QueueRules.DEFAULT.with(order));
        story.asleep();
        var ids = IntStream.range(0, 50).mapToObj(i -> "q" + i).toList();
        ids.forEach(id -> story.submit(id, order("c")));
        story.awake();
        for (int i = 0; i < ids.size(); i++) {
            story.sends.stream().skip(i).findFirst().ifPresent(send -> {
                story.published(send.id());
                story.report(send.id(), new CommandEvent.Answered(200, Payload.EMPTY, ""));
            });
        }

        assertThat(story.sent()).containsExactlyElementsOf(ids);
    }
}
