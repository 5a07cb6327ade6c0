package io.akrimqtt.presence.state;

import static io.akrimqtt.presence.state.Said.OFFLINE;
import static io.akrimqtt.presence.state.Said.ONLINE;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What a device's own traffic proves, and its silence. */
class ActivityTest {

    @Test
    void a_device_is_online_while_it_publishes_and_offline_exactly_at_the_silence_timeout() {
        var story = Story.begin()
                .publishes()
                .minutes(9)
                .publishes()
                .wait(Duration.ofMinutes(10).minusNanos(1));
        assertThat(story.presence()).isEqualTo(Presence.ONLINE);
        assertThat(story.evidence()).isEqualTo(Evidence.Kind.ACTIVITY);

        story.wait(Duration.ofNanos(1));
        assertThat(story.presence()).isEqualTo(Presence.OFFLINE);
        assertThat(story.evidence()).isEqualTo(Evidence.Kind.SILENCE);
    }

    @Test
    void case_79_a_message_at_the_very_moment_of_the_timeout_counts() {
        var story = Story.begin().publishes();

        var moment = story.now().plus(Duration.ofMinutes(10));
        story.tell(sighted(moment)).tell(new PresenceEvent.Tick(moment));

        assertThat(story.presence()).isEqualTo(Presence.ONLINE);
        assertThat(story.belief().transitions()).hasSize(1);
    }

    @Test
    void a_message_after_the_timeout_finds_the_device_offline_even_without_a_tick() {
        var story = Story.begin().publishes();

        story.tell(sighted(story.now().plus(Duration.ofMinutes(11))));

        assertThat(story.belief().transitions())
                .extracting(Transition::to)
                .containsExactly(Presence.ONLINE, Presence.OFFLINE, Presence.ONLINE);
    }

    private static PresenceEvent sighted(Instant at) {
        return new PresenceEvent.Sighted(
                at, 0, Story.DEVICE, Said.ACTIVITY, "robots/r7/joints", Source.LIVE, Published.NOT_RETAINED);
    }

    @Test
    void no_silence_counts_where_the_timeout_is_zero() {
        var never = PresenceRules.DEFAULT.withSilenceTimeout(Duration.ZERO);

        assertThat(Story.begin(never).publishes().minutes(10_000).presence()).isEqualTo(Presence.ONLINE);
    }

    @Test
    void case_10_data_after_an_offline_statement_revives_once_it_can_not_have_been_overtaken() {
        var story = Story.begin().says(OFFLINE).wait(Duration.ofMillis(2_999)).publishes();
        assertThat(story.presence()).isEqualTo(Presence.OFFLINE);

        story.wait(Duration.ofMillis(1)).publishes();
        assertThat(story.presence()).isEqualTo(Presence.ONLINE);
        assertThat(story.evidence()).isEqualTo(Evidence.Kind.ACTIVITY);
    }

    @Test
    void data_within_the_grace_but_after_the_settle_time_ends_the_farewell() {
        var story =
                Story.begin().says(ONLINE).says(OFFLINE).seconds(3).publishes().seconds(60);

        assertThat(story.presence()).isEqualTo(Presence.ONLINE);
        assertThat(story.belief().transitions()).hasSize(1);
        assertThat(story.evidence()).isEqualTo(Evidence.Kind.ACTIVITY);
    }

    @Test
    void a_device_that_revived_without_a_birth_is_offline_when_it_falls_silent() {
        var story =
                Story.begin().says(ONLINE).says(OFFLINE).seconds(5).publishes().minutes(10);

        assertThat(story.presence()).isEqualTo(Presence.OFFLINE);
    }

    @Test
    void a_revived_device_is_not_dropped_when_the_same_old_farewell_is_read_again() {
        var story =
                Story.begin().says(ONLINE).says(OFFLINE).seconds(20).publishes().minutes(1);

        story.down(0)
                .seconds(5)
                .up(0, Session.RESUMED)
                .drained(0)
                .shown(OFFLINE)
                .read(0, true)
                .minutes(5);

        assertThat(story.presence()).isEqualTo(Presence.ONLINE);
    }

    @Test
    void case_84_retained_telemetry_lists_nobody() {
        var story = Story.servers(1)
                .up(0, Session.FRESH)
                .drained(0)
                .shown(Said.ACTIVITY)
                .read(0, true);
        assertThat(story.presence()).isEqualTo(Presence.UNKNOWN);
        assertThat(story.listed()).isFalse();

        story.minutes(10);
        assertThat(story.presence()).isEqualTo(Presence.OFFLINE);

        assertThat(story.publishes().listed()).isTrue();
    }

    @Test
    void case_41_ghosts_are_unknown_and_each_appears_with_its_first_live_word() {
        var story = Story.servers(1).up(0, Session.FRESH).drained(0);
        for (int i = 0; i < 5_000; i++) {
            story.shown("robots/ghost" + i, Said.EXISTS, "robots/ghost" + i + "/config");
        }
        story.read(0, true);
        assertThat(story.table.counts().devices()).isEqualTo(5_000);
        assertThat(story.belief("robots/ghost17").listed()).isFalse();
        assertThat(story.lists).isEqualTo(1);

        story.live(0, "robots/ghost17", Said.ACTIVITY, "robots/ghost17/x", Published.NOT_RETAINED);
        assertThat(story.belief("robots/ghost17").listed()).isTrue();
        assertThat(story.belief("robots/ghost18").listed()).isFalse();
    }

    @Test
    void case_69_a_message_that_comes_twice_makes_one_transition() {
        var story = Story.begin()
                .says(ONLINE)
                .says(ONLINE)
                .says(OFFLINE)
                .says(OFFLINE)
                .seconds(20);

        assertThat(story.belief().transitions()).hasSize(2);
    }

    @Test
    void sixteen_transitions_are_kept_the_latest() {
        var story = Story.begin();
        for (int i = 0; i < 20; i++) {
            story.publishes().minutes(10);
        }

        var transitions = story.belief().transitions();
        assertThat(transitions).hasSize(16);
        assertThat(transitions.getLast().to()).isEqualTo(Presence.OFFLINE);
        assertThat(transitions)
                .isSortedAccordingTo((one, other) ->
                        one.evidence().at().compareTo(other.evidence().at()));
    }
}
