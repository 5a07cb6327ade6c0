package io.akrimqtt.cli.agent;

import static io.akrimqtt.cli.agent.AgentStory.configuration;
import static io.akrimqtt.cli.agent.AgentStory.running;
import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.cli.agent.AgentEvent.Cause;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What lists, their ends and new streams do to Instances. */
class StreamRulesTest {

    @Nested
    class A_list {

        @Test
        void is_complete_so_what_it_lacks_is_deleted_at_once() {
            var story = running("a", "b").list(1, "b", "c");

            assertThat(story.changes()).containsExactly("-a:NOT_LISTED", "+c");
        }

        @Test
        void that_is_empty_deletes_everything() {
            assertThat(running("a", "b").list(1).changes()).containsExactly("-a:NOT_LISTED", "-b:NOT_LISTED");
        }

        @Test
        void that_says_the_same_again_changes_nothing() {
            assertThat(running("a").list(1, "a").changes()).isEmpty();
        }

        @Test
        void that_comes_before_all_handlers_answered_waits_for_them() {
            var story = new AgentStory();
            story.register("/slow");
            story.register("/fast");
            story.apply(configuration("c")).answer(2).list(2, "a");

            assertThat(story.devices()).isEmpty();
            assertThat(story.answer(1).devices()).containsExactly("a");
        }

        @Test
        void of_a_stream_that_is_gone_is_ignored() {
            var story = running("a").on(new Input.Deleted("c"));

            assertThat(story.list(1, "z").devices()).isEmpty();
        }
    }

    @Nested
    class Several_streams {

        @Test
        void make_one_device_set() {
            var story = running("a", "b");
            story.register("/other");
            story.answer(2).list(2, "b", "c");

            assertThat(story.devices()).containsExactly("a", "b", "c");
        }

        @Test
        void lose_nothing_when_one_of_them_ends_and_the_others_have_its_devices() {
            var story = running("a");
            story.register("/h");
            story.answer(2).list(2, "a").forget().end(1);

            assertThat(story.changes()).isEmpty();
            assertThat(story.asked()).isEmpty();
        }

        @Test
        void lose_only_what_the_ended_one_alone_had() {
            var story = running("a", "b");
            story.register("/h");
            story.answer(2).list(2, "a").forget().end(1);

            assertThat(story.changes()).containsExactly("-b:NOT_LISTED");
        }
    }

    @Nested
    class The_end_of_the_last_stream {

        @Test
        void brings_a_new_discover_at_once_without_a_back_off() {
            var story = running("a").end(1);

            assertThat(story.asked()).containsExactly("/h");
            assertThat(story.delays()).isEmpty();
        }

        @Test
        void deletes_everything_as_soon_as_that_discover_is_answered() {
            var story = running("a").end(1);
            assertThat(story.devices()).containsExactly("a");

            story.answer(2);

            assertThat(story.changes()).containsExactly("-a:FRESH_REQUEST");
            assertThat(story.list(2, "a").changes()).containsExactly("-a:FRESH_REQUEST", "+a");
        }

        @Test
        void deletes_and_makes_anew_even_when_the_list_was_there_first() {
            var story = running("a").end(1).list(2, "a").answer(2);

            assertThat(story.changes()).containsExactly("-a:FRESH_REQUEST", "+a");
        }

        @Test
        void touches_nothing_while_that_discover_is_refused() {
            var story = running("a").end(1).refuse(2, Cause.INVALID_DETAILS);

            assertThat(story.devices()).containsExactly("a");
            assertThat(story.delays()).hasSize(1);
        }

        @Test
        void touches_nothing_while_the_handler_is_gone() {
            var story = running("a").end(1).refuse(2, Cause.UNREACHABLE).retry();

            assertThat(story.told(AgentEvent.NoHandler.class)).hasSize(1);
            assertThat(story.devices()).containsExactly("a");
        }

        @Test
        void loops_hotly_with_a_handler_that_ends_each_stream() {
            var story = running("a");
            for (int stream = 1; stream <= 10; stream++) {
                story.end(stream).answer(stream + 1);
            }

            assertThat(story.asked()).hasSize(10);
            assertThat(story.delays()).isEmpty();
            assertThat(story.devices()).isEmpty();
        }
    }

    @Nested
    class Two_configurations {

        @Test
        void have_streams_and_instances_of_their_own() {
            var story = running("a").apply(configuration("d")).answer(2).list(2, "a");

            assertThat(story.instances())
                    .extracting(Instance::name)
                    .containsExactly("c-" + hash("a"), "d-" + hash("a"));
            assertThat(story.forget().end(2).asked()).hasSize(1);
            assertThat(story.answer(3).instances())
                    .extracting(Instance::configuration)
                    .containsExactly("c");
        }
    }

    static String hash(String id) {
        return DeviceHash.of(id, true, AgentStory.NODE);
    }
}
