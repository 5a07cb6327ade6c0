package io.akrimqtt.monitor.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.messaging.client.MessagePublisher;
import io.akrimqtt.messaging.client.PublishResult;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.rpc.CommandEvent;
import io.akrimqtt.messaging.rpc.Payload;
import io.akrimqtt.messaging.topic.TopicName;
import io.akrimqtt.monitor.access.AccessRules;
import io.akrimqtt.monitor.command.keep.MemoryKeeper;
import io.akrimqtt.monitor.command.life.QueueRules;
import io.akrimqtt.monitor.device.WorkloadTopics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class InboxRouterTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-20T12:00:00Z"));
    private static final TopicName ANSWERS = TopicName.of("clients/me/answers");

    private final FakeRoute device = new FakeRoute();
    private final WorkloadTopics topics = new WorkloadTopics(TopicName.of("akri-mqtt/workloads/pump/7"));
    private final DeviceCommands commands =
            DeviceCommands.start(List.of(device), QueueRules.DEFAULT, new MemoryKeeper("test"), CLOCK, new Random(1));
    private final List<Message> answers = new ArrayList<>();
    private final MessagePublisher publisher = message -> {
        answers.add(message);
        return CompletableFuture.completedFuture(new PublishResult(false));
    };

    private final ReplySender replies = new ReplySender(publisher, CLOCK);
    private final InboxRouter byResponseTopic =
            new InboxRouter(new RequestForm.ResponseTopic(topics), commands, AccessRules.OPEN, replies);
    private final InboxRouter byTopicIds =
            new InboxRouter(new RequestForm.TopicIds(topics, false), commands, AccessRules.OPEN, replies);

    private CompletionStage<Void> take(InboxRouter router, Message request) {
        assertThat(router.filter().matches(request.topic())).isTrue();
        assertThat(router.selects(request, Payload.EMPTY)).isTrue();
        var done = router.route(
                request, Payload.of(request.payload(), request.contentType().orElse(null)));
        settle();
        return done;
    }

    private void settle() {
        commands.list().join();
    }

    private void tell(CommandEvent event) {
        device.tell(event);
        settle();
    }

    private static Message.Builder request(String levels) {
        return Message.to(TopicName.of("akri-mqtt/workloads/pump/7/commands/" + levels))
                .text("7")
                .contentType("text/plain");
    }

    @Nested
    class A_request_of_mqtt_5 {

        private final Message request = request("start")
                .responseTopic(ANSWERS)
                .correlationData(new byte[] {1, 2})
                .expiry(Duration.ofSeconds(30))
                .build();

        @Test
        void reaches_the_device_with_its_payload_and_its_time() {
            take(byResponseTopic, request);

            assertThat(device.requests).singleElement().satisfies(sent -> {
                assertThat(sent.command()).isEqualTo("start");
                assertThat(sent.payload()).isEqualTo(Payload.text("7"));
                assertThat(sent.timeout()).isEqualTo(Duration.ofSeconds(30));
                assertThat(sent.oneWay()).isFalse();
            });
        }

        @Test
        void is_answered_once_with_status_and_correlation() {
            take(byResponseTopic, request);
            tell(new CommandEvent.Published(false));
            tell(new CommandEvent.InProgress(Payload.text("50%"), ""));
            tell(new CommandEvent.Answered(200, Payload.text("running"), "as asked"));

            assertThat(answers).singleElement().satisfies(answer -> {
                assertThat(answer.topic()).isEqualTo(ANSWERS);
                assertThat(answer.text()).isEqualTo("running");
                assertThat(answer.contentType()).contains("text/plain");
                assertThat(answer.correlationData()).contains(new byte[] {1, 2});
                assertThat(answer.userProperty("__stat")).contains("200");
                assertThat(answer.userProperty("__stMsg")).contains("as asked");
                assertThat(answer.expiry()).contains(Duration.ofSeconds(30));
            });
        }

        @Test
        void is_answered_when_it_cannot_be_sent() {
            device.connected = false;

            take(byResponseTopic, request);

            assertThat(answers)
                    .singleElement()
                    .satisfies(
                            answer -> assertThat(answer.userProperty("__stat")).contains("503"));
        }

        @Test
        void is_one_way_without_a_response_topic() {
            take(byResponseTopic, request("start").build());
            tell(new CommandEvent.Published(false));

            assertThat(device.requests).singleElement().matches(sent -> sent.oneWay());
            assertThat(answers).isEmpty();
        }

        @Test
        void is_left_out_when_retained_or_when_its_answer_would_be_a_command() {
            var retained = request.toBuilder().retain(true).build();
            var loop = request.toBuilder()
                    .responseTopic(TopicName.of("akri-mqtt/workloads/pump/7/commands/stop"))
                    .build();

            assertThat(byResponseTopic.selects(retained, Payload.EMPTY)).isFalse();
            assertThat(byResponseTopic.selects(loop, Payload.EMPTY)).isFalse();
            assertThat(byTopicIds.selects(retained, Payload.EMPTY)).isFalse();
        }

        @Test
        void is_answered_when_too_many_wait() {
            byResponseTopic.refused(request);

            assertThat(answers)
                    .singleElement()
                    .satisfies(
                            answer -> assertThat(answer.userProperty("__stat")).contains("429"));
        }
    }

    @Nested
    class A_request_by_topic_ids {

        @Test
        void is_answered_on_the_topic_of_its_id_and_status() {
            var done = take(byTopicIds, request("r-1/start").build());
            assertThat(done.toCompletableFuture()).isNotDone();
            tell(new CommandEvent.Answered(404, Payload.EMPTY, "no such command"));

            assertThat(device.requests)
                    .singleElement()
                    .matches(sent -> sent.command().equals("start"));
            assertThat(answers)
                    .singleElement()
                    .satisfies(answer -> assertThat(answer.topic())
                            .isEqualTo(TopicName.of("akri-mqtt/workloads/pump/7/responses/r-1/404")));
        }

        @Test
        void is_one_way_with_an_empty_id() {
            take(byTopicIds, request("/start").build());

            assertThat(device.requests).singleElement().matches(sent -> sent.oneWay());
        }
    }
}
