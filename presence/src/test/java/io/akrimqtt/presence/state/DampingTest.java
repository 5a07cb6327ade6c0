package io.akrimqtt.presence.state;

import static io.akrimqtt.presence.state.Said.OFFLINE;
import static io.akrimqtt.presence.state.Said.ONLINE;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Devices that come and go too often. */
class DampingTest {

    private static final PresenceRules QUICK = PresenceRules.DEFAULT.withOfflineGrace(Duration.ZERO);

    /** It goes and comes, so many times in all, every 20 s. */
    private static Story changes(PresenceRules rules, int count) {
        var story = Story.begin(rules).saysUnretained(ONLINE);
        for (int i = 0; i < count; i++) {
            story.seconds(20).saysUnretained(i % 2 == 0 ? OFFLINE : ONLINE);
        }
        return story.seconds(1);
    }

    @Test
    void case_14_the_fifth_change_in_ten_minutes_makes_it_flap_and_keeps_it_listed() {
        var four = changes(QUICK, 3);
        assertThat(four.listed()).isFalse();
        assertThat(four.belief().flapping()).isFalse();

        var five = changes(QUICK, 5);
        assertThat(five.presence()).isEqualTo(Presence.OFFLINE);
        assertThat(five.belief().flapping()).isTrue();
        assertThat(five.listed()).isTrue();
    }

    @Test
    void two_minutes_without_a_change_end_it_by_what_it_is_then() {
        var gone = changes(QUICK, 5).wait(Duration.ofMinutes(2).minusSeconds(2));
        assertThat(gone.listed()).isTrue();
        assertThat(gone.seconds(2).listed()).isFalse();
        assertThat(gone.belief().flapping()).isFalse();

        assertThat(changes(QUICK, 6).minutes(2).listed()).isTrue();
    }

    @Test
    void it_ends_after_half_an_hour_even_if_it_goes_on() {
        var story = changes(QUICK, 5);
        for (int i = 0; i < 180; i++) {
            story.seconds(10).saysUnretained(i % 2 == 0 ? ONLINE : OFFLINE);
        }

        story.saysUnretained(OFFLINE).seconds(1);

        assertThat(story.belief().flapping() && !story.listed()).isFalse();
        assertThat(story.wakeAt()).isPresent();
    }

    @Test
    void slow_changes_are_none_of_it() {
        var story = Story.begin(QUICK).saysUnretained(ONLINE);
        for (int i = 0; i < 20; i++) {
            story.seconds(151).saysUnretained(i % 2 == 0 ? OFFLINE : ONLINE);
        }

        assertThat(story.belief().flapping()).isFalse();
    }

    @Test
    void it_can_be_turned_off() {
        assertThat(changes(QUICK.withFlapDamping(false), 5).listed()).isFalse();
    }

    @Test
    void one_that_flaps_is_removed_all_the_same() {
        var story = changes(QUICK, 6);

        story.live(0, Story.DEVICE, Said.GONE, Story.STATUS, Published.RETAINED).seconds(1);

        assertThat(story.table.belief(Story.DEVICE)).isEmpty();
        assertThat(story.minutes(60).table.counts().devices()).isZero();
    }

    @Test
    void it_outlives_our_death() {
        var story = changes(QUICK, 5).dies();
        assertThat(story.listed()).isTrue();

        assertThat(story.connected(0, Session.RESUMED).minutes(2).listed()).isFalse();
    }
}
