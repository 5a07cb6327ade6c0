package io.akrimqtt.monitor.command;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.akrimqtt.messaging.client.MessagePublisher;
import io.akrimqtt.messaging.client.PublishResult;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.rpc.CommandEvent;
import io.akrimqtt.messaging.rpc.Payload;
import io.akrimqtt.messaging.topic.TopicName;
import io.akrimqtt.monitor.access.AccessRules;
import io.akrimqtt.monitor.access.RulesFile;
import io.akrimqtt.monitor.command.keep.MemoryKeeper;
import io.akrimqtt.monitor.command.life.CommandPriority;
import io.akrimqtt.monitor.command.life.QueueRules;
import io.akrimqtt.monitor.command.life.Queueing;
import io.akrimqtt.monitor.device.WorkloadTopics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

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
        Settled.await(commands);
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

    private static Message.Builder waiting() {
        return request("start").responseTopic(ANSWERS).userProperty("ttl", "PT1H");
    }

    private static List<String> states(List<Message> answers) {
        return answers.stream()
                .map(answer -> answer.userProperty("state").orElse("") + " "
                        + answer.userProperty("__stat").orElse("") + " "
                        + answer.userProperty("last").orElse("last"))
                .toList();
    }

    @Nested
    class What_else_a_caller_may_ask_for {

        @Test
        void states_on_the_way_are_told_with_the_end_and_its_culprit() {
            take(byResponseTopic, waiting().userProperty("states", "yes").build());
            tell(new CommandEvent.Published(false));
            tell(new CommandEvent.Accepted("soon"));
            tell(new CommandEvent.InProgress(Payload.text("50%"), ""));
            tell(new CommandEvent.Answered(500, Payload.EMPTY, "broken"));

            assertThat(states(answers))
                    .containsExactly(
                            "queued 202 false",
                            "published 102 false",
                            "accepted 202 false",
                            "in-progress 102 false",
                            "failed 500 last");
            assertThat(answers.getLast().userProperty("origin")).contains("device");
            assertThat(answers.getLast().userProperty("retryable")).contains("false");
            assertThat(answers)
                    .extracting(answer -> answer.userProperty("id"))
                    .containsOnly(answers.getFirst().userProperty("id"));
        }

        @Test
        void whoever_follows_by_topic_ids_is_told_states_in_words() {
            var followed = new InboxRouter(new RequestForm.TopicIds(topics, true), commands, AccessRules.OPEN, replies);
            take(
                    followed,
                    Message.to(TopicName.of("akri-mqtt/workloads/pump/7/follow/r-1/start"))
                            .build());
            tell(new CommandEvent.Published(false));
            tell(new CommandEvent.Answered(200, Payload.text("done"), ""));

            assertThat(answers)
                    .extracting(answer -> answer.topic() + " " + answer.text())
                    .containsExactly(
                            "akri-mqtt/workloads/pump/7/responses/r-1/102 PUBLISHED",
                            "akri-mqtt/workloads/pump/7/responses/r-1/200 done");
        }

        @Test
        void a_command_that_waits_keeps_nobodys_place_and_is_answered_when_it_has_ended() {
            commands.reachable(false, "the device sleeps");
            var done = take(
                    byResponseTopic,
                    waiting()
                            .userProperty("priority", "high")
                            .userProperty("replace", "speed")
                            .userProperty("idem", "k")
                            .userProperty("repeatable", "yes")
                            .userProperty("__srcId", "panel-3")
                            .build());

            assertThat(done.toCompletableFuture()).isDone();
            assertThat(answers).isEmpty();
            assertThat(commands.list().join()).singleElement().satisfies(view -> {
                assertThat(view.order().queueing())
                        .isEqualTo(new Queueing(Duration.ofHours(1), CommandPriority.HIGH, "speed"));
                assertThat(view.order().idempotencyKey()).isEqualTo("k");
                assertThat(view.order().repeatable()).isTrue();
                assertThat(view.order().caller()).isEqualTo("mqtt:panel-3");
                assertThat(view.order().timeout()).isEqualTo(Duration.ofSeconds(10));
            });

            commands.reachable(true, "");
            settle();
            tell(new CommandEvent.Answered(200, Payload.text("done"), ""));
            assertThat(states(answers)).containsExactly("succeeded 200 last");
        }

        @Test
        void the_same_limits_hold_as_for_all_commands() {
            take(byResponseTopic, waiting().payload(new byte[256 * 1024 + 1]).build());
            take(
                    byResponseTopic,
                    request("start")
                            .responseTopic(ANSWERS)
                            .userProperty("ttl", "P8D")
                            .build());

            assertThat(states(answers)).containsExactly("rejected 413 last", "rejected 400 last");
            assertThat(answers.getLast().userProperty("__stMsg"))
                    .hasValueSatisfying(text -> assertThat(text).startsWith("time to live: PT192H"));
        }

        @ParameterizedTest(name = "{0}={1}")
        @CsvSource({
            "ttl,1h,ttl: '1h' (expected: a duration such as PT90S or PT1H)",
            "timeout,PT99999999999999999H,timeout: 'PT99999999999999999H' (expected: a duration such as PT90S or PT1H)",
            "priority,urgent,'priority: ''urgent'' (expected: normal, high, low)'",
            "repeatable,1,'repeatable: ''1'' (expected: no, yes)'"
        })
        void what_cannot_be_read_is_refused_with_what_is_expected(String name, String value, String problem) {
            take(
                    byResponseTopic,
                    request("start")
                            .responseTopic(ANSWERS)
                            .userProperty(name, value)
                            .userProperty("ttl", "PT1H")
                            .build());

            assertThat(states(answers)).containsExactly("rejected 400 last");
            assertThat(answers.getFirst().userProperty("__stMsg")).contains(problem);
            assertThat(device.requests).isEmpty();
        }
    }

    @Nested
    class Of_rules {

        private final List<ILoggingEvent> audit = new ArrayList<>();

        private InboxRouter under(String rules) {
            var logger = (ch.qos.logback.classic.Logger) LoggerFactory.getLogger("io.akrimqtt.audit");
            var appender = new AppenderBase<ILoggingEvent>() {
                @Override
                protected void append(ILoggingEvent event) {
                    audit.add(event);
                }
            };
            appender.setContext(logger.getLoggerContext());
            appender.start();
            logger.addAppender(appender);
            logger.setLevel(Level.INFO);
            var read = RulesFile.read("rules.yaml", rules);
            assertThat(read.problems()).isEmpty();
            return new InboxRouter(new RequestForm.ResponseTopic(topics), commands, read.rules(), replies);
        }

        private List<String> lines() {
            return audit.stream()
                    .map(event -> event.getKeyValuePairs().stream()
                            .filter(pair -> !pair.key.equals("id"))
                            .map(pair -> String.valueOf(pair.value))
                            .collect(Collectors.joining(" ")))
                    .toList();
        }

        @Test
        void callers_over_mqtt_are_one_caller_with_a_name_that_nobody_has_proved() {
            var router = under("rules: [{caller: mqtt, commands: [sta*]}, {caller: 'token:boss', commands: ['*']}]");

            take(router, request("start").userProperty("__srcId", "token:boss").build());
            take(router, request("stop").responseTopic(ANSWERS).build());
            take(
                    router,
                    request("start")
                            .userProperty("priority", "no")
                            .userProperty("ttl", "PT1S")
                            .build());
            tell(new CommandEvent.Published(false));

            assertThat(device.requests).hasSize(1);
            assertThat(states(answers)).containsExactly("rejected 403 last");
            assertThat(answers.getFirst().userProperty("__stMsg"))
                    .contains("the rules do not allow this command over MQTT (expected: a rule with caller: mqtt)");
            assertThat(lines())
                    .containsExactly(
                            "mqtt invoke stop refused",
                            "mqtt invoke start not taken: 400",
                            "mqtt:token:boss invoke start taken");
        }
    }
}
