package io.akrimqtt.presence.state;

import static io.akrimqtt.presence.state.Said.OFFLINE;
import static io.akrimqtt.presence.state.Said.ONLINE;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What retained messages come to in the middle of a connection, and what refused filters and restarted servers do. */
class AuditTest {

    @Test
    void an_offline_word_that_was_lost_is_found_and_stands_after_its_grace() {
        var story = Story.begin().says(ONLINE).keep(Story.STATUS, OFFLINE).audited(true);
        assertThat(story.presence()).isEqualTo(Presence.ONLINE);

        assertThat(story.seconds(10).presence()).isEqualTo(Presence.OFFLINE);
        assertThat(story.evidence()).isEqualTo(Evidence.Kind.RETAINED_STATUS);
    }

    @Test
    void an_online_word_that_was_lost_is_found() {
        var story = Story.begin().says(OFFLINE).keep(Story.STATUS, ONLINE).audited(false);

        assertThat(story.presence()).isEqualTo(Presence.ONLINE);
        assertThat(story.listed()).isTrue();
    }

    @Test
    void an_online_word_that_is_known_to_be_stale_revives_nobody() {
        var story =
                Story.begin().says(ONLINE).saysUnretained(OFFLINE).seconds(10).audited(true);

        assertThat(story.presence()).isEqualTo(Presence.OFFLINE);
    }

    @Test
    void what_comes_live_while_an_audit_runs_is_fresher() {
        var story = Story.begin().says(ONLINE);
        story.tell(new PresenceEvent.AuditBegan(story.now(), 0)).shown(OFFLINE).says(ONLINE);
        story.tell(new PresenceEvent.AuditRead(story.now(), 0, true)).seconds(20);

        assertThat(story.presence()).isEqualTo(Presence.ONLINE);
    }

    @Test
    void case_67_one_audit_without_a_word_proves_nothing_and_incomplete_ones_never_do() {
        var story = Story.begin().says(ONLINE).keep(Story.STATUS, Said.GONE);

        assertThat(story.audited(true).presence()).isEqualTo(Presence.ONLINE);
        assertThat(story.audited(false).audited(false).presence()).isEqualTo(Presence.ONLINE);
    }

    @Test
    void case_66_a_word_that_is_missing_twice_has_vanished_and_silence_decides() {
        var story = Story.begin(PresenceRules.DEFAULT.withSilenceTimeout(Duration.ofMinutes(5)))
                .says(ONLINE)
                .minutes(4)
                .keep(Story.STATUS, Said.GONE)
                .audited(true)
                .audited(true);
        assertThat(story.presence()).isEqualTo(Presence.UNKNOWN);
        assertThat(story.listed()).isTrue();

        story.wait(Duration.ofMinutes(5).minusNanos(1));
        assertThat(story.presence()).isEqualTo(Presence.UNKNOWN);
        assertThat(story.wait(Duration.ofNanos(1)).presence()).isEqualTo(Presence.OFFLINE);
    }

    @Test
    void an_audit_that_did_not_end_is_forgotten() {
        var story = Story.begin().says(ONLINE);
        story.tell(new PresenceEvent.AuditBegan(story.now(), 0)).shown(OFFLINE).down(0);

        story.up(0, Session.RESUMED).drained(0).shown(ONLINE).read(0, true).seconds(30);

        assertThat(story.presence()).isEqualTo(Presence.ONLINE);
    }

    @Test
    void case_56_devices_of_refused_filters_are_unknown_and_stay_listed_until_they_are_heard_again() {
        var story = Story.begin(PresenceRules.DEFAULT.withSilenceTimeout(Duration.ofMinutes(5)))
                .says(ONLINE)
                .unheard(Story.DEVICE);
        assertThat(story.presence()).isEqualTo(Presence.UNKNOWN);
        assertThat(story.evidence()).isEqualTo(Evidence.Kind.SERVER);
        assertThat(story.minutes(60).listed()).isTrue();

        story.unheard();
        assertThat(story.presence()).isEqualTo(Presence.ONLINE);
        assertThat(story.wait(Duration.ofMinutes(5)).presence()).isEqualTo(Presence.OFFLINE);
    }

    @Test
    void case_5_and_50_a_restarted_server_is_doubted_though_it_kept_our_session() {
        var story = Story.begin()
                .says(ONLINE)
                .down(0)
                .seconds(20)
                .up(0, Session.RESUMED)
                .drained(0);
        story.tell(new PresenceEvent.Restarted(story.now(), 0)).shown(ONLINE).read(0, true);
        assertThat(story.presence()).isEqualTo(Presence.ONLINE);

        assertThat(story.minutes(5).presence()).isEqualTo(Presence.UNKNOWN);
        assertThat(story.listed()).isTrue();
        assertThat(story.publishes().presence()).isEqualTo(Presence.ONLINE);
    }

    @Test
    void case_50_wills_of_a_restarted_server_wait_until_its_devices_had_time_to_come_back() {
        var story = Story.begin().says(ONLINE).down(0).seconds(5).keep(Story.STATUS, OFFLINE);
        story.up(0, Session.RESUMED).queued(OFFLINE).drained(0);
        story.tell(new PresenceEvent.Restarted(story.now(), 0)).shown(OFFLINE).read(0, true);

        assertThat(story.seconds(60).presence()).isEqualTo(Presence.ONLINE);
        assertThat(story.says(ONLINE).minutes(10).presence()).isEqualTo(Presence.ONLINE);
    }

    @Test
    void case_84_retained_messages_without_a_word_list_only_where_they_are_taken_as_life() {
        var rules = PresenceRules.DEFAULT.with(PresenceRules.Retained.ALIVE);
        var story = Story.servers(1, rules).up(0, Session.FRESH).drained(0);
        story.shown(Said.ACTIVITY).read(0, true);
        assertThat(story.presence()).isEqualTo(Presence.ONLINE);
        assertThat(story.listed()).isTrue();
        assertThat(story.minutes(10).presence()).isEqualTo(Presence.OFFLINE);

        story.tell(new PresenceEvent.AuditBegan(story.now(), 0)).shown(Said.ACTIVITY);
        story.tell(new PresenceEvent.AuditRead(story.now(), 0, true));
        assertThat(story.presence()).isEqualTo(Presence.OFFLINE);
    }

    @Test
    void retained_messages_without_a_word_can_be_ignored() {
        var rules = PresenceRules.DEFAULT.with(PresenceRules.Retained.IGNORE);
        var story = Story.servers(1, rules).up(0, Session.FRESH).drained(0);
        story.shown(Said.ACTIVITY).read(0, true);

        assertThat(story.table.counts().devices()).isZero();
        assertThat(story.tell(new PresenceEvent.Tick(story.now())).publishes().listed())
                .isTrue();
    }

    @Test
    void a_state_that_is_not_published_takes_a_device_off() {
        var online = PresenceRules.DEFAULT.withListed(Set.of(Presence.ONLINE));
        assertThat(Story.begin(online).says(ONLINE).says(Said.SLEEPING).listed())
                .isFalse();
        assertThat(Story.begin(online).says(ONLINE).down(0).minutes(2).listed()).isFalse();
        assertThat(Story.begin().says(Said.SLEEPING).listed()).isTrue();
    }

    @Test
    void a_sleeper_without_a_message_for_too_long_is_gone() {
        var rules = PresenceRules.DEFAULT.withSleepTimeout(Duration.ofHours(1));
        var story = Story.begin(rules).says(Said.SLEEPING).says(OFFLINE);

        assertThat(story.wait(Duration.ofHours(1).minusNanos(1)).presence()).isEqualTo(Presence.SLEEPING);
        assertThat(story.wait(Duration.ofNanos(1)).presence()).isEqualTo(Presence.OFFLINE);
        assertThat(story.evidence()).isEqualTo(Evidence.Kind.SILENCE);
    }

    @Test
    void automatic_silence_is_three_times_the_longest_recent_gap() {
        var rules = PresenceRules.DEFAULT.with(new PresenceRules.Silence(Duration.ofMinutes(10), true, true));
        var young = Story.begin(rules).publishes();
        assertThat(young.wait(Duration.ofMinutes(10)).presence()).isEqualTo(Presence.OFFLINE);

        var slow =
                Story.begin(rules).publishes().minutes(3).publishes().seconds(5).publishes();
        assertThat(slow.wait(Duration.ofMinutes(9).minusNanos(1)).presence()).isEqualTo(Presence.ONLINE);
        assertThat(slow.wait(Duration.ofNanos(1)).presence()).isEqualTo(Presence.OFFLINE);

        var quick = Story.begin(rules).publishes().minutes(3).publishes();
        for (int i = 0; i < 16; i++) {
            quick.seconds(1).publishes();
        }
        assertThat(quick.minutes(2).presence()).isEqualTo(Presence.OFFLINE);
    }

    @Test
    void an_audit_puts_nobody_to_sleep_who_has_woken_since() {
        var story = Story.begin().says(Said.SLEEPING).publishes().audited(true);

        assertThat(story.presence()).isEqualTo(Presence.ONLINE);
    }

    @Test
    void an_audit_does_not_begin_the_grace_anew() {
        var story = Story.begin().says(ONLINE).says(OFFLINE).seconds(8).audited(true);

        assertThat(story.seconds(2).presence()).isEqualTo(Presence.OFFLINE);
    }

    @Test
    void an_audit_does_not_revive_a_sleeper_that_was_silent_for_too_long() {
        var rules = PresenceRules.DEFAULT.withSleepTimeout(Duration.ofHours(1));
        var story = Story.begin(rules).says(Said.SLEEPING).minutes(60).audited(true);

        assertThat(story.presence()).isEqualTo(Presence.OFFLINE);
    }

    @Test
    void an_audit_that_says_nothing_new_holds_no_revival_back() {
        var story = Story.begin().says(OFFLINE).seconds(3).audited(true).publishes();

        assertThat(story.presence()).isEqualTo(Presence.ONLINE);
    }

    @Test
    void a_live_word_between_two_audits_begins_the_count_of_missing_ones_anew() {
        var story = Story.begin().says(ONLINE).keep(Story.STATUS, Said.GONE).audited(true);
        story.says(Said.SLEEPING).keep(Story.STATUS, Said.GONE).audited(true);

        assertThat(story.presence()).isEqualTo(Presence.SLEEPING);
    }
}
