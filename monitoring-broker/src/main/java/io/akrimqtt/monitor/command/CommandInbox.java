package io.akrimqtt.monitor.command;

import io.akrimqtt.messaging.client.MessagePublisher;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.rpc.Payload;
import io.akrimqtt.messaging.topic.TopicName;
import io.akrimqtt.monitor.device.WorkloadTopics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commands that come over MQTT on the workload's own topics: they go to the device, and its final answer is published where one
 * is wanted. Thread-safe.
 *
 * <p>Retained requests are left out: a command is for once. States on the way are not told, since a plain MQTT client takes
 * the first message for the answer.
 */
public final class CommandInbox {

    private static final Logger LOG = LoggerFactory.getLogger(CommandInbox.class);

    /** How long the server keeps an answer for a caller that is away, at least. */
    private static final Duration LEAST_EXPIRY = Duration.ofSeconds(10);

    private final WorkloadTopics topics;
    private final DeviceCommands commands;
    private final InstantSource clock;

    public CommandInbox(WorkloadTopics topics, DeviceCommands commands, InstantSource clock) {
        this.topics = topics;
        this.commands = commands;
        this.clock = clock;
    }

    /** What a request's topic and properties say. */
    private record Request(
            Message message, String command, @Nullable IntFunction<Message.Builder> answer) {}

    /**
     * Takes {@code <state>/commands/<command>}, of an MQTT 5 client: the answer goes to its Response Topic with its correlation
     * data, the status is the user property {@code __stat}. Without a Response Topic no answer is wanted.
     */
    void take(Message message, MessagePublisher publisher) {
        var command = topics.commandLevels(message.topic()).getLast();
        var responseTopic = message.responseTopic();
        if (responseTopic.filter(topics::isCommand).isPresent()) {
            drop(message, "its response topic is one for commands");
            return;
        }
        handle(
                new Request(
                        message,
                        command,
                        responseTopic.map(to -> tied(message, to)).orElse(null)),
                publisher);
    }

    private static IntFunction<Message.Builder> tied(Message request, TopicName to) {
        return status -> Message.to(to)
                .correlationData(request.correlationData().orElse(null))
                .userProperty("__stat", Integer.toString(status));
    }

    /**
     * Takes {@code <state>/commands/<request>/<command>}, of any client: the answer goes to
     * {@code <state>/responses/<request>/<status>}. With an empty request level no answer is wanted.
     */
    void takeByTopicIds(Message message, MessagePublisher publisher) {
        var levels = topics.commandLevels(message.topic());
        var request = levels.getFirst();
        IntFunction<Message.Builder> answer = status -> Message.to(topics.response(request, status));
        handle(new Request(message, levels.getLast(), request.isEmpty() ? null : answer), publisher);
    }

    private void handle(Request request, MessagePublisher publisher) {
        var message = request.message();
        if (message.retain()) {
            drop(message, "it is retained");
            return;
        }
        var timeout = message.expiry()
                .filter(expiry -> expiry.compareTo(CommandOrder.LONGEST_TIMEOUT) <= 0)
                .orElse(CommandOrder.DEFAULT_TIMEOUT);
        var until = clock.instant().plus(timeout);
        var payload = Payload.of(message.payload(), message.contentType().orElse(null));
        var answer = request.answer();
        var order = new CommandOrder(request.command(), payload, timeout, answer == null);
        var _ = commands.invoke(order, update -> {
            if (update.outcome().last() && answer != null) {
                publish(answered(update, answer, until), publisher);
            }
        });
    }

    private static Message answered(CommandUpdate update, IntFunction<Message.Builder> answer, Instant until) {
        var outcome = update.outcome();
        var left = Duration.between(update.at(), until);
        var message = answer.apply(outcome.status())
                .payload(outcome.payload().bytes())
                .contentType(outcome.payload().contentType().orElse(null))
                .expiry(left.compareTo(LEAST_EXPIRY) > 0 ? left : LEAST_EXPIRY);
        if (!outcome.text().isEmpty()) {
            message.userProperty("__stMsg", outcome.text());
        }
        return message.build();
    }

    private static void publish(Message answer, MessagePublisher publisher) {
        var _ = publisher.publish(answer).whenComplete((_, problem) -> {
            if (problem != null) {
                LOG.atWarn()
                        .addKeyValue("topic", answer.topic())
                        .addKeyValue("reason", problem.getMessage())
                        .log("answer to a command over mqtt was not taken");
            }
        });
    }

    private static void drop(Message message, String reason) {
        LOG.atWarn()
                .addKeyValue("topic", message.topic())
                .addKeyValue("reason", reason)
                .log("command over mqtt left out");
    }
}
