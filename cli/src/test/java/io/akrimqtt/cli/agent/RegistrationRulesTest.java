package io.akrimqtt.cli.agent;

import static io.akrimqtt.cli.agent.AgentStory.configuration;
import static io.akrimqtt.cli.agent.AgentStory.running;
import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.cli.agent.AgentEvent.Cause;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RegistrationRulesTest {

    @Nested
    class A_registration {

        @Test
        void opens_an_additional_stream_for_each_live_request_of_that_name() {
            var story = running("a").apply(configuration("d")).answer(2).forget();
            story.apply(configuration("e", "other", "details", Map.of())).forget();

            story.register("/h");

            assertThat(story.asked()).containsExactly("/h", "/h");
            assertThat(story.cancelled()).isEmpty();
        }

        @Test
        void is_answered_without_waiting_for_those_streams() {
            var story = running("a");

            long call = story.register("/other");

            assertThat(story.acknowledged()).containsExactly(call);
        }

        @Test
        void keeps_the_name_exactly_as_it_is() {
            var story = new AgentStory();
            story.register("MQTT", "/h");

            assertThat(story.apply(configuration("c")).told(AgentEvent.NoHandler.class))
                    .containsExactly(new AgentEvent.NoHandler("c", "mqtt"));
        }

        @Test
        void of_a_known_address_replaces_the_older_one() {
            var story = new AgentStory();
            story.register("/h");
            story.register("/h");

            assertThat(story.apply(configuration("c")).asked()).containsExactly("/h");
        }

        @Test
        void of_another_address_adds_to_it() {
            var story = new AgentStory();
            story.register("/h");
            story.register("/i");

            assertThat(story.apply(configuration("c")).asked()).containsExactly("/h", "/i");
        }

        @Test
        void does_not_wake_a_configuration_that_waits() {
            var story = new AgentStory().apply(configuration("c"));

            story.register("/h");

            assertThat(story.asked()).isEmpty();
            assertThat(story.retry().asked()).containsExactly("/h");
        }
    }

    @Nested
    class An_additional_stream {

        @Test
        void that_fails_is_forgotten_and_harms_nothing() {
            var story = running("a");
            story.register("/other");

            story.forget().refuse(2, Cause.UNAVAILABLE);

            assertThat(story.changes()).isEmpty();
            assertThat(story.delays()).isEmpty();
            assertThat(story.devices()).containsExactly("a");
        }

        @Test
        void that_is_not_answered_keeps_its_request_from_looking_at_anything_else() {
            var story = running("a");
            story.register("/silent");

            assertThat(story.list(1, "a", "b").devices()).containsExactly("a");
            assertThat(story.answer(2).devices()).containsExactly("a", "b");
        }

        @Test
        void carries_the_old_details() {
            var story = running("a").apply(configuration("c", "mqtt", "new details", Map.of()));

            story.register("/h");

            assertThat(story.all(Effect.Discover.class))
                    .extracting(Effect.Discover::details)
                    .containsExactly("details");
        }

        @Test
        void is_asked_for_one_after_the_other_when_many_register() {
            var story = running("a");
            story.register("/i");
            story.register("/j");

            assertThat(story.asked()).containsExactly("/i");
            assertThat(story.answer(2).asked()).containsExactly("/i", "/j");
        }

        @Test
        void lets_the_handler_change_its_process_without_losing_anything() {
            var story = running("a");
            story.register("/new");
            story.answer(2).list(2, "a").end(1);

            assertThat(story.changes()).isEmpty();
        }
    }

    @Nested
    class An_endpoint_that_cannot_be_connected_to {

        @Test
        void is_forgotten_until_it_registers_again() {
            var story = new AgentStory();
            story.register("/h");
            story.apply(configuration("c"))
                    .refuse(1, Cause.UNREACHABLE)
                    .forget()
                    .on(new Input.Touched("c"));

            assertThat(story.told(AgentEvent.NoHandler.class)).hasSize(1);

            story.register("/h");
            assertThat(story.on(new Input.Touched("c")).asked()).containsExactly("/h");
        }

        @Test
        void loses_its_healthy_streams_too() {
            var story = running("a").apply(configuration("d")).refuse(2, Cause.UNREACHABLE);

            assertThat(story.cancelled()).containsExactly(1L);
            assertThat(story.told(AgentEvent.HandlerLost.class)).hasSize(1);
            assertThat(story.told(AgentEvent.NoHandler.class)).containsExactly(new AgentEvent.NoHandler("c", "mqtt"));
            assertThat(story.devices()).containsExactly("a");
        }

        @Test
        void keeps_streams_that_an_older_registration_of_it_got() {
            var story = running("a");
            story.register("/h");
            story.refuse(2, Cause.UNREACHABLE);

            assertThat(story.cancelled()).isEmpty();
            assertThat(story.list(1, "a", "b").devices()).containsExactly("a", "b");
        }
    }

    @Nested
    class A_handler_that_withholds_its_headers {

        @Test
        void keeps_every_registration_waiting() {
            var story = new AgentStory();
            story.register("slow", "/slow");
            story.apply(configuration("c", "slow", "details", Map.of())).forget();

            story.register("/h");
            assertThat(story.acknowledged()).isEmpty();

            assertThat(story.answer(1).acknowledged()).containsExactly(2L);
        }

        @Test
        void keeps_new_requests_of_other_handlers_waiting_behind_a_registration() {
            var story = new AgentStory();
            story.register("/h");
            story.register("slow", "/slow");
            story.apply(configuration("c", "slow", "details", Map.of())).forget();

            story.apply(configuration("free"));
            assertThat(story.asked()).containsExactly("/h");

            story.forget().register("/i");
            story.apply(configuration("stuck"));
            assertThat(story.asked()).isEmpty();

            story.refuse(1, Cause.UNAVAILABLE).answer(2);
            assertThat(story.asked()).containsExactly("/h", "/i");
        }

        @Test
        void misses_who_registers_meanwhile() {
            var story = new AgentStory();
            story.register("/slow");
            story.apply(configuration("c"));
            story.register("/h");

            assertThat(story.answer(1).asked()).containsExactly("/slow");
        }

        @Test
        void keeps_its_configuration_from_being_deleted() {
            var story = running("a").end(1).on(new Input.Deleted("c"));

            assertThat(story.devices()).containsExactly("a");
            assertThat(story.answer(2).devices()).isEmpty();
            assertThat(story.told(AgentEvent.BackOff.class)).isEmpty();
        }
    }
}
