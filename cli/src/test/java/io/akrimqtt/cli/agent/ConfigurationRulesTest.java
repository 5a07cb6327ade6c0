package io.akrimqtt.cli.agent;

import static io.akrimqtt.cli.agent.AgentStory.configuration;
import static io.akrimqtt.cli.agent.AgentStory.running;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.akrimqtt.cli.agent.AgentEvent.Cause;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ConfigurationRulesTest {

    @Nested
    class A_new_configuration {

        @Test
        void asks_every_handler_of_its_name_once() {
            var story = new AgentStory();
            story.register("/h");
            story.register("other", "/o");

            assertThat(story.apply(configuration("c")).asked()).containsExactly("/h");
        }

        @Test
        void fails_when_one_of_its_handlers_fails_and_lets_the_others_go() {
            var story = new AgentStory();
            story.register("/h");
            story.register("/bad");
            story.apply(configuration("c")).answer(1).list(1, "a").refuse(2, Cause.UNAVAILABLE);

            assertThat(story.cancelled()).containsExactly(1L);
            assertThat(story.devices()).isEmpty();
            assertThat(story.delays()).containsExactly(Duration.ofSeconds(1));
        }

        @Test
        void must_have_a_name_that_kubernetes_takes() {
            assertThatThrownBy(() -> configuration("../c"))
                    .hasMessage("Configuration: '../c' (expected: a Kubernetes name of lower-case letters, digits,"
                            + " '-' and '.')");
        }
    }

    @Nested
    class A_failing_configuration {

        @Test
        void waits_twice_as_long_each_time_without_a_cap() {
            var story = new AgentStory().apply(configuration("c"));
            for (int i = 0; i < 12; i++) {
                story.retry();
            }

            assertThat(story.delays()).startsWith(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));
            assertThat(story.delays()).endsWith(Duration.ofSeconds(4096));
        }

        @Test
        void keeps_a_handler_that_answered_with_whatever_status() {
            var story = new AgentStory();
            story.register("/h");
            story.apply(configuration("c")).refuse(1, Cause.UNAVAILABLE).retry();
            story.refuse(2, Cause.INVALID_DETAILS).retry();
            story.refuse(3, Cause.UNRESOLVED_PROPERTY).retry();

            assertThat(story.asked()).hasSize(4);
        }

        @Test
        void starts_from_the_beginning_after_a_success() {
            var story = new AgentStory().apply(configuration("c")).retry();
            story.register("/h");
            story.retry().answer(1).forget();

            story.end(1).refuse(2, Cause.UNAVAILABLE);

            assertThat(story.delays()).containsExactly(Duration.ofSeconds(1));
        }

        @Test
        void is_woken_by_a_touch_and_then_not_by_the_retry_that_it_overtook() {
            var story = new AgentStory().apply(configuration("c"));
            var overtaken = story.all(Effect.Retry.class).getFirst();
            story.register("/h");

            assertThat(story.on(new Input.Touched("c")).asked()).containsExactly("/h");

            story.refuse(1, Cause.UNAVAILABLE).forget();
            story.on(new Input.RetryDue(ConfigurationKey.of("c"), overtaken.attempt()));
            assertThat(story.asked()).isEmpty();
        }

        @Test
        void says_what_the_handler_said() {
            var story = new AgentStory();
            story.register("/h");
            story.apply(configuration("c"))
                    .on(new Input.Refused(1, new Refusal(Cause.INVALID_DETAILS, "discoveryDetails:1:1: …")));

            assertThat(story.told(AgentEvent.DiscoverFailed.class))
                    .containsExactly(
                            new AgentEvent.DiscoverFailed("c", "/h", Cause.INVALID_DETAILS, "discoveryDetails:1:1: …"));
        }
    }

    @Nested
    class An_edit {

        @Test
        void of_the_details_is_ignored_while_a_request_lives() {
            var story = running("a").apply(configuration("c", "mqtt", "new", Map.of()));

            assertThat(story.asked()).isEmpty();
            assertThat(story.changes()).isEmpty();
        }

        @Test
        void of_the_details_counts_in_the_next_request() {
            var story = running("a")
                    .apply(configuration("c", "mqtt", "new", Map.of()))
                    .end(1);

            assertThat(story.all(Effect.Discover.class))
                    .extracting(Effect.Discover::details)
                    .containsExactly("new");
        }

        @Test
        void of_the_handlers_name_is_ignored_while_a_request_lives() {
            var story = running("a").apply(configuration("c", "other", "details", Map.of()));

            story.register("/i");

            assertThat(story.asked()).containsExactly("/i");
        }

        @Test
        void of_broker_properties_reaches_the_instance_and_never_its_workload() {
            var story = running("a").apply(configuration("c", "mqtt", "details", Map.of("K", "v")));

            assertThat(story.changes()).containsExactly("~a");
            assertThat(story.instances().getFirst().brokerProperties()).containsEntry("K", "v");
            assertThat(story.instances().getFirst().environment()).doesNotContainKey("K");
        }

        @Test
        void of_the_capacity_reaches_the_instance() {
            var story = running("a").apply(new AgentConfiguration("c", "mqtt", "details", Map::of, 5, Map.of()));

            assertThat(story.instances()).extracting(Instance::capacity).containsExactly(5);
        }

        @Test
        void ends_a_back_off() {
            var story = new AgentStory().apply(configuration("c"));
            story.register("/h");

            assertThat(story.apply(configuration("c", "mqtt", "mended", Map.of()))
                            .asked())
                    .containsExactly("/h");
        }

        @Test
        void that_comes_while_handlers_are_asked_is_not_lost() {
            var story = new AgentStory();
            story.register("/h");
            story.apply(configuration("c")).apply(configuration("c", "mqtt", "mended", Map.of()));

            story.refuse(1, Cause.INVALID_DETAILS);

            assertThat(story.all(Effect.Discover.class))
                    .extracting(Effect.Discover::details)
                    .containsExactly("details", "mended");
        }
    }

    @Nested
    class A_deletion {

        @Test
        void ends_the_streams_and_deletes_the_instances() {
            var story = running("a").on(new Input.Deleted("c"));

            assertThat(story.cancelled()).containsExactly(1L);
            assertThat(story.changes()).containsExactly("-a:CONFIGURATION_DELETED");
        }

        @Test
        void ends_the_back_off() {
            var story = new AgentStory().apply(configuration("c")).on(new Input.Deleted("c"));
            story.register("/h");

            assertThat(story.retry().asked()).isEmpty();
        }

        @Test
        void that_still_waits_is_followed_by_what_was_applied_since() {
            var story = running("a").end(1).on(new Input.Deleted("c"));
            story.apply(configuration("c", "mqtt", "next", Map.of())).forget().answer(2);

            assertThat(story.changes()).containsExactly("-a:FRESH_REQUEST");
            assertThat(story.all(Effect.Discover.class))
                    .extracting(Effect.Discover::details)
                    .containsExactly("next");
        }
    }

    @Nested
    class A_crash_of_the_agent {

        @Test
        void keeps_the_instances_until_a_handler_answers_again() {
            var story = running("a").on(new Input.Restarted());

            assertThat(story.cancelled()).containsExactly(1L);
            assertThat(story.devices()).containsExactly("a");
            assertThat(story.told(AgentEvent.NoHandler.class)).hasSize(1);

            story.register("/h");
            assertThat(story.retry().answer(2).list(2, "a").changes()).containsExactly("-a:FRESH_REQUEST", "+a");
        }

        @Test
        void forgets_how_long_it_had_waited() {
            var story =
                    new AgentStory().apply(configuration("c")).retry().retry().forget();

            assertThat(story.on(new Input.Restarted()).delays()).containsExactly(Duration.ofSeconds(1));
        }

        @Test
        void frees_what_hung_behind_a_silent_handler() {
            var story = new AgentStory();
            story.register("/silent");
            story.apply(configuration("c")).on(new Input.Restarted()).forget();

            assertThat(story.acknowledged()).isEmpty();
            long call = story.register("/h");
            assertThat(story.acknowledged()).containsExactly(call);
        }
    }
}
