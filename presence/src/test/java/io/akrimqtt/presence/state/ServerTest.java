package io.akrimqtt.presence.state;

import static io.akrimqtt.presence.state.Said.OFFLINE;
import static io.akrimqtt.presence.state.Said.ONLINE;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** MQTT servers that go and come back, with their sessions or without. */
class ServerTest {

    @Test
    void case_59_a_server_that_is_away_holds_its_devices_and_then_makes_them_unknown_but_never_offline() {
        var story =
                Story.begin().says(ONLINE).down(0).wait(Duration.ofMinutes(2).minusNanos(1));
        assertThat(story.presence()).isEqualTo(Presence.ONLINE);

        story.wait(Duration.ofNanos(1));
        assertThat(story.presence()).isEqualTo(Presence.UNKNOWN);
        assertThat(story.evidence()).isEqualTo(Evidence.Kind.SERVER);

        story.minutes(1_000);
        assertThat(story.presence()).isEqualTo(Presence.UNKNOWN);
        assertThat(story.listed()).isTrue();
    }

    @Test
    void silence_is_counted_from_the_reconnect() {
        var story = Story.begin().publishes().minutes(9).down(0).seconds(100);

        story.connected(0, Session.RESUMED).wait(Duration.ofMinutes(10).minusNanos(1));
        assertThat(story.presence()).isEqualTo(Presence.ONLINE);

        assertThat(story.wait(Duration.ofNanos(1)).presence()).isEqualTo(Presence.OFFLINE);
    }

    @Test
    void a_grace_that_could_not_run_begins_anew() {
        var story = Story.begin().says(ONLINE).says(OFFLINE).seconds(9).down(0).seconds(60);
        story.up(0, Session.RESUMED).drained(0).shown(OFFLINE).read(0, true);

        assertThat(story.seconds(9).presence()).isEqualTo(Presence.ONLINE);
        assertThat(story.seconds(1).presence()).isEqualTo(Presence.OFFLINE);
    }

    @Test
    void after_a_reconnect_everything_is_said_at_once() {
        var story = Story.begin().says(ONLINE).down(0).minutes(3);
        int before = story.lists;

        story.up(0, Session.RESUMED);
        for (int i = 0; i < 10; i++) {
            story.queued(OFFLINE).queued(ONLINE).shown("robots/n" + i, ONLINE, "robots/n" + i + "/status");
        }
        story.drained(0).shown(ONLINE);
        assertThat(story.lists).isEqualTo(before);

        story.read(0, true);
        assertThat(story.lists).isEqualTo(before + 1);
        assertThat(story.presence()).isEqualTo(Presence.ONLINE);
        assertThat(story.belief("robots/n9").listed()).isTrue();
    }

    @Test
    void rule_1_the_snapshot_beats_the_queue() {
        var story = Story.begin().says(ONLINE).down(0).seconds(30);

        story.up(0, Session.RESUMED)
                .queued(OFFLINE)
                .drained(0)
                .shown(ONLINE)
                .read(0, true)
                .minutes(5);

        assertThat(story.presence()).isEqualTo(Presence.ONLINE);
        assertThat(story.belief().transitions()).hasSize(1);
    }

    @Test
    void a_farewell_in_the_queue_counts_where_nothing_is_retained() {
        var story = Story.begin().saysUnretained(ONLINE).down(0).seconds(30);

        story.up(0, Session.RESUMED).queued(OFFLINE).drained(0).read(0, true).seconds(10);

        assertThat(story.presence()).isEqualTo(Presence.OFFLINE);
    }

    @Test
    void what_came_live_beats_a_snapshot_that_was_read_before_it() {
        var story = Story.begin().says(ONLINE).down(0).seconds(30);

        story.up(0, Session.RESUMED)
                .drained(0)
                .shown(ONLINE)
                .says(OFFLINE)
                .shown(ONLINE)
                .read(0, true);
        story.keep(Story.STATUS, OFFLINE).seconds(10);

        assertThat(story.presence()).isEqualTo(Presence.OFFLINE);
    }

    @Test
    void a_farewell_that_was_not_retained_goes_on_after_a_reconnect_unless_the_queue_has_a_birth() {
        var story = Story.begin()
                .says(ONLINE)
                .seconds(60)
                .saysUnretained(OFFLINE)
                .down(0)
                .seconds(5);
        story.up(0, Session.RESUMED).drained(0).shown(ONLINE).read(0, true).seconds(10);
        assertThat(story.presence()).isEqualTo(Presence.OFFLINE);

        var other = Story.begin()
                .says(ONLINE)
                .seconds(60)
                .saysUnretained(OFFLINE)
                .down(0)
                .seconds(5);
        other.up(0, Session.RESUMED)
                .queued(ONLINE)
                .drained(0)
                .shown(ONLINE)
                .read(0, true)
                .seconds(60);
        assertThat(other.presence()).isEqualTo(Presence.ONLINE);
    }

    @Test
    void a_retained_farewell_is_refuted_by_what_the_server_retains_after_a_reconnect() {
        var story = Story.begin().says(ONLINE).seconds(60).says(OFFLINE).down(0).seconds(5);

        story.up(0, Session.RESUMED).drained(0).shown(ONLINE).read(0, true).seconds(60);

        assertThat(story.presence()).isEqualTo(Presence.ONLINE);
        assertThat(story.belief().transitions()).hasSize(1);
    }

    @Test
    void between_two_retained_statuses_the_better_one_counts_whichever_comes_first() {
        for (var offlineFirst : new boolean[] {true, false}) {
            var story = Story.servers(1).up(0, Session.FRESH).drained(0);
            story.shown(Story.DEVICE, offlineFirst ? OFFLINE : ONLINE, "robots/r7/" + (offlineFirst ? "a" : "b"));
            story.shown(Story.DEVICE, offlineFirst ? ONLINE : OFFLINE, "robots/r7/" + (offlineFirst ? "b" : "a"));

            assertThat(story.read(0, true).presence()).isEqualTo(Presence.ONLINE);
        }
    }

    @Test
    void a_later_reading_of_the_same_topic_replaces_the_earlier_one() {
        var story = Story.servers(1)
                .up(0, Session.FRESH)
                .drained(0)
                .shown(ONLINE)
                .shown(OFFLINE)
                .read(0, true);

        assertThat(story.presence()).isEqualTo(Presence.OFFLINE);
    }

    @Test
    void on_mqtt_3_1_1_retained_messages_may_come_after_everything_else() {
        var story = Story.begin(PresenceRules.DEFAULT, false).shown(ONLINE);
        assertThat(story.presence()).isEqualTo(Presence.ONLINE);

        var live = Story.begin(PresenceRules.DEFAULT, false)
                .says(ONLINE)
                .says(OFFLINE)
                .seconds(10);
        assertThat(live.shown(ONLINE).presence()).isEqualTo(Presence.OFFLINE);
    }

    @Test
    void case_51_queued_telemetry_of_a_dead_device_proves_that_it_existed() {
        var story = Story.servers(1)
                .up(0, Session.RESUMED)
                .queued(Said.ACTIVITY)
                .drained(0)
                .read(0, true);

        assertThat(story.presence()).isEqualTo(Presence.UNKNOWN);
        assertThat(story.listed()).isFalse();
    }

    @Test
    void case_55_a_wiped_server_drops_nobody_but_silence_does() {
        var story = Story.begin().says(ONLINE).down(0).seconds(10).connected(0, Session.LOST);
        assertThat(story.presence()).isEqualTo(Presence.UNKNOWN);
        assertThat(story.listed()).isTrue();

        assertThat(story.minutes(9).listed()).isTrue();
        assertThat(story.minutes(1).presence()).isEqualTo(Presence.OFFLINE);
    }

    @Test
    void case_66_a_retained_status_that_vanished_makes_nobody_offline_by_itself() {
        var story = Story.begin().says(ONLINE).down(0).seconds(10).connected(0, Session.RESUMED);

        assertThat(story.presence()).isEqualTo(Presence.UNKNOWN);
        assertThat(story.listed()).isTrue();
        assertThat(story.publishes().presence()).isEqualTo(Presence.ONLINE);
    }

    @Test
    void case_67_a_snapshot_that_may_be_short_proves_no_absence() {
        var story = Story.begin().says(ONLINE).down(0).seconds(10);

        story.up(0, Session.RESUMED).drained(0).read(0, false).minutes(60);

        assertThat(story.presence()).isEqualTo(Presence.ONLINE);
    }

    @Test
    void case_5_and_rule_7_a_retained_online_of_a_server_that_lost_our_session_wears_off() {
        var story = Story.begin().says(ONLINE).down(0).seconds(10);

        story.up(0, Session.LOST)
                .drained(0)
                .shown(ONLINE)
                .read(0, true)
                .wait(Duration.ofMinutes(5).minusNanos(1));
        assertThat(story.presence()).isEqualTo(Presence.ONLINE);

        story.wait(Duration.ofNanos(1));
        assertThat(story.presence()).isEqualTo(Presence.UNKNOWN);
        assertThat(story.listed()).isTrue();

        assertThat(story.minutes(600).presence()).isEqualTo(Presence.UNKNOWN);
        assertThat(story.says(ONLINE).presence()).isEqualTo(Presence.ONLINE);
    }

    @Test
    void a_birth_after_the_reconnect_keeps_its_weight() {
        var story = Story.begin().says(ONLINE).down(0).seconds(10);

        story.up(0, Session.LOST)
                .drained(0)
                .shown(ONLINE)
                .read(0, true)
                .seconds(20)
                .says(ONLINE)
                .minutes(60);

        assertThat(story.presence()).isEqualTo(Presence.ONLINE);
    }

    @Test
    void wills_of_a_restarted_server_wait_for_the_devices_to_connect_again() {
        var story = Story.begin().says(ONLINE).down(0).seconds(10);

        story.up(0, Session.LOST)
                .drained(0)
                .shown(OFFLINE)
                .read(0, true)
                .seconds(60)
                .says(ONLINE)
                .minutes(5);

        assertThat(story.belief().transitions()).hasSize(1);
    }

    @Test
    void a_device_that_only_its_activity_supports_stays_unknown_after_a_long_outage() {
        var story = Story.begin().publishes().down(0).minutes(60).connected(0, Session.RESUMED);

        assertThat(story.presence()).isEqualTo(Presence.UNKNOWN);
        assertThat(story.listed()).isTrue();
        assertThat(story.minutes(10).presence()).isEqualTo(Presence.OFFLINE);
    }

    @Test
    void case_60_a_server_that_was_never_reached_hides_nothing_of_the_other() {
        var story = Story.servers(2).connected(1, Session.FRESH);

        story.live(1, Story.DEVICE, ONLINE, Story.STATUS, Published.RETAINED)
                .down(0)
                .minutes(60);

        assertThat(story.presence()).isEqualTo(Presence.ONLINE);
    }

    @Test
    void case_61_a_device_on_two_servers_is_one_and_online_where_one_of_them_says_so() {
        var story = Story.servers(2).connected(0, Session.FRESH).connected(1, Session.FRESH);
        story.live(0, Story.DEVICE, ONLINE, Story.STATUS, Published.RETAINED);
        story.live(1, Story.DEVICE, ONLINE, Story.STATUS, Published.RETAINED);
        assertThat(story.table.counts().devices()).isEqualTo(1);

        story.live(1, Story.DEVICE, OFFLINE, Story.STATUS, Published.RETAINED).seconds(60);
        assertThat(story.presence()).isEqualTo(Presence.ONLINE);

        story.live(0, Story.DEVICE, OFFLINE, Story.STATUS, Published.RETAINED).seconds(60);
        assertThat(story.presence()).isEqualTo(Presence.OFFLINE);
    }

    @Test
    void a_lost_server_counts_as_unknown_in_the_merge() {
        var story = Story.servers(2).connected(0, Session.FRESH).connected(1, Session.FRESH);
        story.live(0, Story.DEVICE, ONLINE, Story.STATUS, Published.RETAINED);
        story.live(1, Story.DEVICE, OFFLINE, Story.STATUS, Published.RETAINED);

        story.down(0).minutes(2);

        assertThat(story.presence()).isEqualTo(Presence.UNKNOWN);
        assertThat(story.listed()).isTrue();
    }

    @Test
    void links_that_break_while_catching_up_are_counted_from_their_first_break() {
        var story = Story.begin()
                .says(ONLINE)
                .down(0)
                .seconds(70)
                .up(0, Session.RESUMED)
                .seconds(20)
                .down(0);

        assertThat(story.seconds(29).presence()).isEqualTo(Presence.ONLINE);
        assertThat(story.seconds(1).presence()).isEqualTo(Presence.UNKNOWN);
    }

    @Test
    void a_sleeper_that_woke_and_died_while_we_were_away_sleeps_no_more() {
        var story = Story.begin()
                .says(Said.SLEEPING)
                .down(0)
                .keep(Story.STATUS, OFFLINE)
                .up(0, Session.RESUMED);
        story.queued(ONLINE).queued(OFFLINE).drained(0).shown(OFFLINE).read(0, true);
        assertThat(story.listed()).isTrue();

        assertThat(story.seconds(10).presence()).isEqualTo(Presence.OFFLINE);
    }

    @Test
    void a_device_that_went_to_sleep_while_we_were_away_is_not_taken_off_for_its_will() {
        var story =
                Story.begin().says(ONLINE).down(0).keep(Story.STATUS, OFFLINE).up(0, Session.RESUMED);
        story.queued(Said.SLEEPING).queued(OFFLINE).drained(0).shown(OFFLINE).read(0, true);

        assertThat(story.minutes(60).presence()).isEqualTo(Presence.SLEEPING);
        assertThat(story.audited(true).minutes(60).presence()).isEqualTo(Presence.SLEEPING);
    }
}
