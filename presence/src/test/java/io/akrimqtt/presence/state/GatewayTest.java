package io.akrimqtt.presence.state;

import static io.akrimqtt.presence.state.PresenceEvent.Return.AFTER_BIRTH;
import static io.akrimqtt.presence.state.PresenceEvent.Return.AFTER_SNAPSHOT;
import static io.akrimqtt.presence.state.Said.ACTIVITY;
import static io.akrimqtt.presence.state.Said.OFFLINE;
import static io.akrimqtt.presence.state.Said.ONLINE;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Devices behind others. */
class GatewayTest {

    private static final String GATEWAY = "gateways/g1";

    private static Story both(PresenceEvent.Return after) {
        return Story.begin().says(GATEWAY, ONLINE).saysUnretained(ONLINE).behind(Story.DEVICE, GATEWAY, after);
    }

    private static Story gone(PresenceEvent.Return after) {
        return both(after).says(GATEWAY, OFFLINE).seconds(10);
    }

    @Test
    void a_gateway_that_goes_takes_its_devices_with_it_and_says_so() {
        var story = gone(AFTER_SNAPSHOT);

        assertThat(story.presence()).isEqualTo(Presence.OFFLINE);
        assertThat(story.evidence()).isEqualTo(Evidence.Kind.GATEWAY);
        assertThat(story.listed()).isFalse();
    }

    @Test
    void its_return_has_the_server_read_again_and_then_their_own_word_counts() {
        var story = gone(AFTER_SNAPSHOT).says(GATEWAY, ONLINE);
        assertThat(story.readings).isEqualTo(1);
        assertThat(story.presence()).isEqualTo(Presence.OFFLINE);

        story.audited(false);

        assertThat(story.presence()).isEqualTo(Presence.ONLINE);
        assertThat(story.evidence()).isEqualTo(Evidence.Kind.STATUS);
    }

    @Test
    void a_live_message_ends_the_waiting_before() {
        var story = gone(AFTER_SNAPSHOT).says(GATEWAY, ONLINE).publishes();

        assertThat(story.presence()).isEqualTo(Presence.ONLINE);
    }

    @Test
    void where_a_birth_is_due_nothing_less_will_do() {
        var story = gone(AFTER_BIRTH).says(GATEWAY, ONLINE).publishes().audited(true);
        assertThat(story.readings).isZero();
        assertThat(story.presence()).isEqualTo(Presence.OFFLINE);

        assertThat(story.saysUnretained(ONLINE).presence()).isEqualTo(Presence.ONLINE);
    }

    @Test
    void what_a_device_says_meanwhile_is_kept() {
        var story = gone(AFTER_SNAPSHOT)
                .saysUnretained(OFFLINE)
                .seconds(10)
                .says(GATEWAY, ONLINE)
                .audited(true);

        assertThat(story.presence()).isEqualTo(Presence.OFFLINE);
        assertThat(story.evidence()).isEqualTo(Evidence.Kind.STATUS);
    }

    @Test
    void gateways_of_gateways_work_and_circles_are_not_taken() {
        var story = both(AFTER_SNAPSHOT)
                .says("top", ONLINE)
                .behind(GATEWAY, "top", AFTER_SNAPSHOT)
                .behind("top", Story.DEVICE, AFTER_SNAPSHOT)
                .behind("top", "top", AFTER_SNAPSHOT);
        assertThat(story.presence()).isEqualTo(Presence.ONLINE);

        story.says("top", OFFLINE).seconds(10);

        assertThat(story.belief(GATEWAY).evidence().kind()).isEqualTo(Evidence.Kind.GATEWAY);
        assertThat(story.evidence()).isEqualTo(Evidence.Kind.GATEWAY);
    }

    @Test
    void a_gateway_of_which_nothing_is_known_says_nothing() {
        var story = Story.begin().saysUnretained(ONLINE).behind(Story.DEVICE, "nobody", AFTER_SNAPSHOT);

        assertThat(story.presence()).isEqualTo(Presence.ONLINE);
    }

    @Test
    void without_a_gateway_any_more_its_own_word_counts() {
        var story = gone(AFTER_BIRTH);
        story.tell(new PresenceEvent.Behind(story.now(), 0, Story.DEVICE, null, AFTER_BIRTH));

        assertThat(story.presence()).isEqualTo(Presence.ONLINE);
    }

    @Test
    void a_gateway_that_is_removed_leaves_its_devices_on_their_own() {
        var story = gone(AFTER_BIRTH);
        story.live(0, GATEWAY, Said.GONE, GATEWAY + "/status", Published.RETAINED)
                .seconds(10);

        assertThat(story.table.belief(GATEWAY)).isEmpty();
        assertThat(story.presence()).isEqualTo(Presence.ONLINE);
    }

    @Test
    void the_relation_outlives_our_death() {
        var story = both(AFTER_SNAPSHOT).dies().connected(0, Session.RESUMED);

        story.says(GATEWAY, OFFLINE).seconds(10);

        assertThat(story.evidence()).isEqualTo(Evidence.Kind.GATEWAY);
    }

    @Test
    void a_gateway_that_talks_again_is_back() {
        var story = gone(AFTER_SNAPSHOT);

        story.seconds(5)
                .live(0, GATEWAY, ACTIVITY, GATEWAY + "/x", Published.NOT_RETAINED)
                .audited(true);

        assertThat(story.presence()).isEqualTo(Presence.ONLINE);
    }
}
