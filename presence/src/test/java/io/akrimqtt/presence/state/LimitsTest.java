package io.akrimqtt.presence.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Floods, long ids and other people's text. */
class LimitsTest {

    @Test
    void case_76_devices_over_the_limit_are_refused_and_counted_while_the_others_go_on() {
        var story = Story.capped(1_000);

        for (int i = 0; i < 3_000; i++) {
            story.live(0, "robots/" + i, Said.ACTIVITY, "robots/" + i + "/x", Published.NOT_KNOWN);
        }

        assertThat(story.table.counts()).isEqualTo(new PresenceCounts(1_000, 2_000, 0, 0));
        story.minutes(11);
        story.live(0, "robots/17", Said.ACTIVITY, "robots/17/x", Published.NOT_KNOWN);
        assertThat(story.belief("robots/17").listed()).isTrue();
        assertThat(story.belief("robots/18").listed()).isFalse();
    }

    @Test
    void a_device_that_was_taken_back_makes_room() {
        var story = Story.capped(1).says(Said.ONLINE).says(Said.GONE).seconds(10);

        story.live(0, "robots/r8", Said.ONLINE, "robots/r8/status", Published.RETAINED);

        assertThat(story.belief("robots/r8").listed()).isTrue();
    }

    @Test
    void case_72_an_id_of_512_bytes_is_taken_and_one_of_513_refused() {
        var story = Story.begin();

        for (var id : List.of("ü".repeat(256), "ü".repeat(256) + "x", "x".repeat(60_000))) {
            story.live(0, id, Said.ONLINE, "t", Published.RETAINED);
        }

        assertThat(story.table.counts().devices()).isEqualTo(1);
        assertThat(story.table.counts().refusedIds()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "ü", "🙂", "$dollar", "..", "%2F", "\"'", "x\u0001y", "Robots/R7"})
    void case_72_and_74_ids_are_kept_as_they_are(String id) {
        var story = Story.begin().live(0, id, Said.ONLINE, id + "/status", Published.RETAINED);

        assertThat(story.belief(id).device()).isEqualTo(id);
        assertThat(story.table.belief("robots/r7")).isEmpty();
    }

    @Test
    void a_very_long_topic_is_cut_as_evidence_and_refused_as_the_place_of_a_statement() {
        var story = Story.begin();
        var topic = "robots/r7/" + "x".repeat(60_000);

        story.live(0, Story.DEVICE, Said.ONLINE, topic, Published.RETAINED);
        assertThat(story.table.belief(Story.DEVICE)).isEmpty();

        story.live(0, Story.DEVICE, Said.ACTIVITY, topic, Published.RETAINED);
        assertThat(story.belief().evidence().topic())
                .hasSize(PresenceTable.MAX_TOPIC)
                .endsWith("…");
    }

    @Test
    void a_flood_of_messages_wakes_nobody() {
        var story = Story.begin().publishes();
        var wakeAt = story.wakeAt();

        for (int i = 0; i < 10_000; i++) {
            story.wait(Duration.ofMillis(1)).publishes();
        }

        assertThat(story.wakeAt()).isEqualTo(wakeAt);
    }

    @Test
    void an_offline_grace_of_zero_is_no_endless_loop() {
        var story = Story.begin(PresenceRules.DEFAULT.withOfflineGrace(Duration.ZERO))
                .says(Said.ONLINE);

        assertThat(story.says(Said.OFFLINE).tick().presence()).isEqualTo(Presence.OFFLINE);
    }
}
