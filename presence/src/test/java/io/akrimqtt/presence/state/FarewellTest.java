package io.akrimqtt.presence.state;

import static io.akrimqtt.presence.state.Said.GONE;
import static io.akrimqtt.presence.state.Said.OFFLINE;
import static io.akrimqtt.presence.state.Said.ONLINE;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Births, wills and what is retained of them; the numbers are those of presence test cases. */
class FarewellTest {

    @ParameterizedTest(name = "MQTT 5: {0}")
    @ValueSource(booleans = {true, false})
    void case_1_a_will_that_overtook_the_birth_after_it_unlists_nobody(boolean mqtt5) {
        var story = Story.begin(PresenceRules.DEFAULT, mqtt5).says(ONLINE).minutes(5);

        story.says(ONLINE).overtaken(OFFLINE).seconds(60);

        assertThat(story.presence()).isEqualTo(Presence.ONLINE);
        assertThat(story.belief().transitions()).hasSize(1);
        assertThat(story.table.counts().lateWills()).isEqualTo(1);
    }

    @ParameterizedTest(name = "MQTT 5: {0}")
    @ValueSource(booleans = {true, false})
    void case_2_a_device_that_stays_away_is_offline_after_its_grace_and_a_second_look(boolean mqtt5) {
        var story = Story.begin(PresenceRules.DEFAULT, mqtt5).says(ONLINE).minutes(5);

        story.says(OFFLINE).wait(Duration.ofMillis(9_999));
        assertThat(story.presence()).isEqualTo(Presence.ONLINE);
        assertThat(story.verifications).isEmpty();

        story.wait(Duration.ofMillis(1));
        assertThat(story.presence()).isEqualTo(Presence.OFFLINE);
        assertThat(story.listed()).isFalse();
        assertThat(story.verifications).hasSize(1);
        assertThat(story.belief().evidence().topic()).isEqualTo(Story.STATUS);
    }

    @Test
    void case_3_a_birth_without_a_death_before_it_changes_nothing() {
        var story = Story.begin().says(ONLINE).seconds(20).says(ONLINE).seconds(20);

        assertThat(story.presence()).isEqualTo(Presence.ONLINE);
        assertThat(story.belief().transitions()).hasSize(1);
    }

    @Test
    void case_6_a_goodbye_without_a_word_is_noticed_where_a_silence_timeout_was_written() {
        var written = PresenceRules.DEFAULT.withSilenceTimeout(Duration.ofMinutes(2));

        assertThat(Story.begin(written).says(ONLINE).minutes(3).presence()).isEqualTo(Presence.OFFLINE);
        assertThat(Story.begin().says(ONLINE).minutes(60).presence()).isEqualTo(Presence.ONLINE);
    }

    @ParameterizedTest(name = "MQTT 5: {0}")
    @ValueSource(booleans = {true, false})
    void case_7_a_farewell_that_was_not_retained_is_not_refuted_by_the_stale_birth(boolean mqtt5) {
        var story = Story.begin(PresenceRules.DEFAULT, mqtt5).says(ONLINE).minutes(5);

        story.saysUnretained(OFFLINE).seconds(10);

        assertThat(story.presence()).isEqualTo(Presence.OFFLINE);
        assertThat(story.table.counts().lateWills()).isZero();
    }

    @ParameterizedTest(name = "MQTT 5: {0}")
    @ValueSource(booleans = {true, false})
    void case_7_goes_on_when_the_server_is_read_again_the_stale_birth_revives_nobody(boolean mqtt5) {
        var story = Story.begin(PresenceRules.DEFAULT, mqtt5).says(ONLINE).minutes(5);
        story.saysUnretained(OFFLINE).minutes(1);

        story.down(0).seconds(5).up(0, Session.RESUMED).drained(0).shown(ONLINE).read(0, true);

        assertThat(story.presence()).isEqualTo(Presence.OFFLINE);
    }

    @Test
    void case_7_started_afterwards_believes_the_retained_birth() {
        var story =
                Story.servers(1).up(0, Session.FRESH).drained(0).shown(ONLINE).read(0, true);

        assertThat(story.presence()).isEqualTo(Presence.ONLINE);
        assertThat(story.evidence()).isEqualTo(Evidence.Kind.RETAINED_STATUS);
    }

    @Test
    void case_12_a_will_that_says_online_does_no_harm() {
        var story = Story.begin().says(ONLINE).minutes(1).says(ONLINE).minutes(1);

        assertThat(story.belief().transitions()).hasSize(1);
    }

    @Test
    void case_13_a_will_that_overtook_the_birth_on_another_topic_is_refuted_there() {
        var story = Story.begin().says(ONLINE, "robots/r7/online", true).minutes(5);

        story.says(ONLINE, "robots/r7/online", true).seconds(1).says(OFFLINE).seconds(30);

        assertThat(story.verifications.getFirst().topics()).containsExactly(Story.STATUS, "robots/r7/online");
        assertThat(story.presence()).isEqualTo(Presence.ONLINE);
    }

    @Test
    void case_13_an_old_birth_on_another_topic_refutes_nothing() {
        var story = Story.begin().says(ONLINE, "robots/r7/online", true).minutes(5);

        story.says(OFFLINE).seconds(30);

        assertThat(story.presence()).isEqualTo(Presence.OFFLINE);
    }

    @Test
    void case_14_two_clients_that_fight_for_one_id_leave_the_device_listed() {
        var story = Story.begin().says(ONLINE);
        int before = story.lists;

        for (int i = 0; i < 100; i++) {
            story.says(OFFLINE).seconds(1).says(ONLINE).seconds(1);
        }

        assertThat(story.listed()).isTrue();
        assertThat(story.lists).isEqualTo(before);
    }

    @Test
    void a_birth_within_the_grace_ends_it() {
        var story = Story.begin()
                .says(ONLINE)
                .seconds(60)
                .says(OFFLINE)
                .seconds(9)
                .says(ONLINE)
                .seconds(60);

        assertThat(story.belief().transitions()).hasSize(1);
        assertThat(story.verifications).isEmpty();
    }

    @Test
    void repeated_farewells_do_not_prolong_the_grace() {
        var story = Story.begin().says(ONLINE).seconds(60);

        for (int i = 0; i < 10; i++) {
            story.says(OFFLINE).seconds(1);
        }

        assertThat(story.presence()).isEqualTo(Presence.OFFLINE);
    }

    @Test
    void without_an_answer_the_farewell_stands_in_the_end() {
        var story = Story.begin().says(ONLINE);
        story.answers = false;

        story.says(OFFLINE).seconds(39);
        assertThat(story.presence()).isEqualTo(Presence.ONLINE);

        story.seconds(1);
        assertThat(story.presence()).isEqualTo(Presence.OFFLINE);
    }

    @Test
    void an_answer_to_an_older_question_is_ignored() {
        var story = Story.begin().says(ONLINE);
        story.answers = false;
        story.says(OFFLINE).seconds(10).says(ONLINE).says(OFFLINE).seconds(10);
        var old = story.verifications.getFirst();

        story.tell(new PresenceEvent.Verified(story.now(), 0, Story.DEVICE, old.ticket(), story.retained));

        assertThat(story.verifications).hasSize(2);
        assertThat(story.presence()).isEqualTo(Presence.ONLINE);
    }

    @Test
    void a_last_will_alone_makes_a_device_known() {
        var story = Story.begin().says(OFFLINE);

        assertThat(story.presence()).isEqualTo(Presence.OFFLINE);
        assertThat(story.listed()).isFalse();
    }

    @Test
    void case_33_a_device_that_is_taken_back_is_forgotten_after_its_grace() {
        var story = Story.begin().says(ONLINE).minutes(1);

        story.says(GONE).seconds(9);
        assertThat(story.listed()).isTrue();

        story.seconds(1);
        assertThat(story.table.belief(Story.DEVICE)).isEmpty();
        assertThat(story.table.counts().devices()).isZero();
    }

    @Test
    void case_33_stray_retained_messages_do_not_bring_it_back() {
        var story = Story.begin().says(ONLINE).says(GONE).seconds(10);

        story.shown(Said.ACTIVITY);

        assertThat(story.presence()).isEqualTo(Presence.UNKNOWN);
        assertThat(story.listed()).isFalse();
    }

    @Test
    void a_device_that_is_announced_again_is_not_forgotten() {
        var story =
                Story.begin().says(ONLINE).says(GONE).seconds(5).says(ONLINE).seconds(60);

        assertThat(story.presence()).isEqualTo(Presence.ONLINE);
        assertThat(story.belief().transitions()).hasSize(1);
    }

    @Test
    void a_device_that_nobody_knows_is_not_made_by_taking_it_back() {
        assertThat(Story.begin().says(GONE).table.belief(Story.DEVICE)).isEmpty();
    }

    @Test
    void a_will_while_it_sleeps_changes_nothing_and_its_next_word_wakes_it() {
        var story = Story.begin().says(Said.SLEEPING).seconds(1).says(OFFLINE).minutes(60);
        assertThat(story.presence()).isEqualTo(Presence.SLEEPING);
        assertThat(story.listed()).isTrue();

        assertThat(story.publishes().presence()).isEqualTo(Presence.ONLINE);
    }
}
