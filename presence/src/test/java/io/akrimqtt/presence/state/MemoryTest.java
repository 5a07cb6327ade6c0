package io.akrimqtt.presence.state;

import static io.akrimqtt.presence.state.Said.OFFLINE;
import static io.akrimqtt.presence.state.Said.ONLINE;
import static io.akrimqtt.presence.state.Said.SLEEPING;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What survives our own death. */
class MemoryTest {

    private static final List<Session> SESSIONS = List.of(Session.RESUMED, Session.FRESH, Session.LOST);
    private static final List<Said> WORDS = List.of(ONLINE, OFFLINE, SLEEPING);

    @Test
    void a_device_is_listed_from_the_first_moment_after_a_restart() {
        var story = Story.begin().says(ONLINE).dies();

        assertThat(story.presence()).isEqualTo(Presence.ONLINE);
        assertThat(story.listed()).isTrue();
    }

    @Test
    void a_will_that_was_acknowledged_is_not_forgotten() {
        var story = Story.begin()
                .saysUnretained(ONLINE)
                .saysUnretained(OFFLINE)
                .seconds(9)
                .dies();
        assertThat(story.listed()).isTrue();

        story.connected(0, Session.RESUMED).seconds(10);

        assertThat(story.presence()).isEqualTo(Presence.OFFLINE);
        assertThat(story.listed()).isFalse();
    }

    @Test
    void a_will_that_was_in_the_queue_is_not_forgotten_between_queue_and_verdict() {
        var story = Story.begin()
                .saysUnretained(ONLINE)
                .down(0)
                .up(0, Session.RESUMED)
                .queued(OFFLINE)
                .dies();

        story.connected(0, Session.RESUMED).seconds(10);

        assertThat(story.presence()).isEqualTo(Presence.OFFLINE);
    }

    @Test
    void one_that_spoke_while_we_were_catching_up_is_listed_after_our_death() {
        var story = Story.begin()
                .saysUnretained(ONLINE)
                .saysUnretained(OFFLINE)
                .seconds(10)
                .down(0);
        story.up(0, Session.RESUMED).drained(0).seconds(5).publishes().dies();
        assertThat(story.journal).isNotEmpty();

        var next = story.dies();

        assertThat(next.presence()).isEqualTo(Presence.ONLINE);
        assertThat(next.connected(0, Session.RESUMED).listed()).isTrue();
    }

    @Test
    void a_will_that_came_live_behind_a_queued_birth_is_not_forgotten() {
        var story = Story.begin()
                .saysUnretained(ONLINE)
                .down(0)
                .up(0, Session.RESUMED)
                .queued(ONLINE);
        story = story.drained(0).saysUnretained(OFFLINE).dies();

        story.connected(0, Session.RESUMED).seconds(10);

        assertThat(story.presence()).isEqualTo(Presence.OFFLINE);
    }

    @Test
    void a_device_that_spoke_long_after_its_queued_will_is_not_taken_off() {
        var story = Story.begin()
                .saysUnretained(ONLINE)
                .down(0)
                .up(0, Session.RESUMED)
                .queued(OFFLINE);
        story = story.drained(0).seconds(3).publishes().dies();

        story.connected(0, Session.RESUMED).seconds(60);

        assertThat(story.presence()).isEqualTo(Presence.ONLINE);
    }

    @Test
    void a_stale_retained_online_stays_known_as_stale() {
        var story = Story.begin().says(ONLINE).saysUnretained(OFFLINE).seconds(10);
        assertThat(story.presence()).isEqualTo(Presence.OFFLINE);

        story = story.dies().up(0, Session.RESUMED).drained(0).shown(ONLINE).read(0, true);

        assertThat(story.presence()).isEqualTo(Presence.OFFLINE);
    }

    @Test
    void what_a_server_told_before_counts_as_unknown_when_it_stays_away() {
        var story = Story.begin().says(ONLINE).dies().minutes(2);

        assertThat(story.presence()).isEqualTo(Presence.UNKNOWN);
        assertThat(story.listed()).isTrue();
    }

    @Test
    void a_device_that_was_taken_back_is_forgotten_for_good() {
        var story = Story.begin().says(ONLINE).says(Said.GONE).seconds(10);

        assertThat(story.journal).isEmpty();
    }

    @Test
    void plain_activity_writes_nothing() {
        var story = Story.begin().publishes();
        int before = story.written;

        for (int i = 0; i < 100; i++) {
            story.seconds(1).publishes();
        }

        assertThat(before).isEqualTo(1);
        assertThat(story.written).isEqualTo(before);
    }

    @Test
    void memories_after_the_first_connection_and_hostile_ones_are_ignored() {
        var memory = Story.begin().says(ONLINE).journal.values().iterator().next();
        var late = Story.begin();
        late.tell(new PresenceEvent.Restored(late.now(), memory));
        assertThat(late.table.belief(Story.DEVICE)).isEmpty();

        var early = Story.servers(1);
        var view = memory.servers().getFirst();
        var other = new Memory.OfServer(
                7,
                view.presence(),
                "NO_SUCH_REASON",
                view.topic(),
                view.at(),
                true,
                true,
                view.farewell(),
                view.birth(),
                view.disbelieved(),
                view.doubtDue(),
                false,
                view.gateway(),
                view.queued());
        early.tell(new PresenceEvent.Restored(early.now(), new Memory("x".repeat(600), true, false, memory.servers())));
        early.tell(new PresenceEvent.Restored(early.now(), new Memory("y", true, false, List.of(other))));
        early.tell(new PresenceEvent.Restored(early.now(), new Memory("z", true, false, List.of(view, view, other))));
        assertThat(early.table.counts().devices()).isEqualTo(1);
        assertThat(early.table.counts().refusedIds()).isEqualTo(1);
        assertThat(early.belief("z").listed()).isTrue();
    }

    @Test
    void times_of_the_future_are_taken_as_now() {
        var story = Story.begin().says(ONLINE);
        var memory = story.journal.get(Story.DEVICE);
        var past = Story.servers(1);
        past.tell(new PresenceEvent.Restored(
                Story.BEGIN.minus(Duration.ofDays(1)), Objects.requireNonNull(memory, "memory")));

        assertThat(past.belief().evidence().at()).isEqualTo(Story.BEGIN.minus(Duration.ofDays(1)));
    }

    static LongStream seeds() {
        return LongStream.range(0, 400);
    }

    /** After any past it is the same whether we lost our connection or died. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void to_die_is_to_lose_the_connection(long seed) {
        var lived = past(new Random(seed)).down(0);
        var died = past(new Random(seed)).dies();

        for (var after : future(new Random(seed))) {
            after.accept(lived);
            after.accept(died);
        }

        assertThat(died.table.belief(Story.DEVICE).map(MemoryTest::gist))
                .isEqualTo(lived.table.belief(Story.DEVICE).map(MemoryTest::gist));
    }

    private static String gist(Belief belief) {
        return belief.presence() + " " + belief.listed() + " " + belief.evidence();
    }

    private static Story past(Random random) {
        var story = Story.begin(PresenceRules.DEFAULT.withSleepTimeout(Duration.ofMinutes(30)), random.nextBoolean());
        for (int i = random.nextInt(12); i >= 0; i--) {
            step(story, random.nextInt(10));
            story.seconds(random.nextInt(8));
        }
        return story;
    }

    private static void step(Story story, int kind) {
        switch (kind) {
            case 0, 1 -> story.says(ONLINE);
            case 2 -> story.says(OFFLINE);
            case 3 -> story.saysUnretained(OFFLINE);
            case 4 -> story.says(SLEEPING);
            case 5 -> story.publishes();
            case 6 -> story.keep(Story.STATUS, ONLINE).overtaken(OFFLINE);
            case 7 -> story.audited(true);
            case 8 -> story.down(0).seconds(5).up(0, Session.LOST).drained(0).read(0, true);
            default -> story.minutes(1);
        }
    }

    private static List<Consumer<Story>> future(Random random) {
        int pause = random.nextInt(200);
        var session = SESSIONS.get(random.nextInt(3));
        int queued = random.nextInt(4);
        int shown = random.nextInt(4);
        int end = random.nextInt(400);
        return List.of(
                story -> story.seconds(pause).up(0, session),
                story -> said(queued, story::queued),
                story -> story.drained(0),
                story -> said(shown, story::shown),
                story -> story.read(0, true).seconds(end));
    }

    private static void said(int kind, Consumer<Said> tell) {
        if (kind < 3) {
            tell.accept(WORDS.get(kind));
        }
    }
}
