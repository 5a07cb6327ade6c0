package io.akrimqtt.messaging.rpc;

import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.messaging.topic.TopicName;
import io.akrimqtt.messaging.trace.TraceContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Requests that the topic, and on MQTT 5 the properties, tell all about. */
final class RequestsByTopics implements RequestReader {

    private final CommandTopics topics;
    private final ExecutorOptions options;
    private final TopicFilter filter;

    RequestsByTopics(CommandTopics topics, ExecutorOptions options) {
        this.topics = topics;
        this.options = options;
        filter = topics.request().filter();
    }

    @Override
    public TopicFilter filter() {
        return filter;
    }

    @Override
    public Optional<IncomingRequest> read(Message message) {
        return topics.request().match(message.topic()).flatMap(levels -> {
            var command = levels.getOrDefault(CommandTopics.COMMAND, "");
            return topics.byTopicIds() ? byTopicIds(message, command, levels) : byProperties(message, command);
        });
    }

    private Optional<IncomingRequest> byTopicIds(Message message, String command, Map<String, String> levels) {
        var id = levels.getOrDefault(CommandTopics.REQUEST, WayByTopicIds.NO_ANSWER);
        var template = topics.response();
        if (id.isEmpty() || template == null) {
            return Optional.of(incoming(message, command, null, null));
        }
        var response = template.fill(CommandTopics.REQUEST, id).fill(CommandTopics.COMMAND, command);
        return Optional.of(incoming(
                message,
                command,
                message.topic().value(),
                (answer, left) -> traced(
                                message,
                                message(
                                        response.fill(CommandTopics.STATUS, Integer.toString(answer.status()))
                                                .topic(),
                                        answer,
                                        answer.status(),
                                        left))
                        .build()));
    }

    private Optional<IncomingRequest> byProperties(Message message, String command) {
        var correlation = message.correlationData().orElse(null);
        var key = correlation == null
                ? null
                : message.topic() + "\0" + CallId.of(correlation).text();
        @Nullable TopicName response = message.responseTopic().orElse(null);
        if (response == null) {
            return options.strict() ? Optional.empty() : Optional.of(incoming(message, command, key, null));
        }
        return allowed(response)
                ? Optional.of(incoming(message, command, key, byProperties(message, response, correlation)))
                : Optional.empty();
    }

    static ReplyForm byProperties(TopicName topic, byte @Nullable [] correlation) {
        return (answer, left) -> message(topic, answer, statusWithoutBody(answer), left)
                .correlationData(correlation)
                .build();
    }

    private static ReplyForm byProperties(Message request, TopicName topic, byte @Nullable [] correlation) {
        var form = byProperties(topic, correlation);
        return (answer, left) ->
                traced(request, form.message(answer, left).toBuilder()).build();
    }

    /** An answer is in the trace of its request. */
    private static Message.Builder traced(Message request, Message.Builder answer) {
        TraceContext.of(request)
                .map(TraceContext::properties)
                .orElse(List.of())
                .forEach(property -> answer.userProperty(property.name(), property.value()));
        return answer;
    }

    /** mRPC has a status of its own for success that says nothing. */
    private static int statusWithoutBody(Response answer) {
        return answer.status() == 200 && answer.payload().size() == 0 ? 204 : answer.status();
    }

    private static Message.Builder message(TopicName topic, Response answer, int status, Duration left) {
        var message = Message.to(topic)
                .payload(answer.payload().bytes())
                .utf8(answer.payload().isText())
                .contentType(answer.payload().contentType().orElse(null))
                .expiry(left)
                .userProperty(Headers.PROTOCOL_VERSION, Headers.VERSION)
                .userProperty(Headers.STATUS, Integer.toString(status));
        if (!answer.text().isEmpty()) {
            message.userProperty(Headers.STATUS_MESSAGE, answer.text());
        }
        answer.headers().forEach(header -> message.userProperty(header.name(), header.value()));
        return message;
    }

    /** Nobody may make us publish where we would not: not to the server's own topics, not to our commands again. */
    private boolean allowed(TopicName response) {
        return !response.reserved() && !filter.matches(response);
    }

    private IncomingRequest incoming(Message message, String command, @Nullable String key, @Nullable ReplyForm form) {
        var payload = Payload.of(message.payload(), message.contentType().orElse(null));
        var expiry = message.expiry().filter(Duration::isPositive).orElse(options.executionTimeout());
        var request = new CommandRequest(command, payload, expiry, form == null, Headers.application(message));
        return new IncomingRequest(
                request,
                key,
                request.property(CommandRequest.IDEMPOTENCY_KEY)
                        .map(it -> DedupCache.idempotencyKey(filter.value(), command, it))
                        .orElse(null),
                request.property(Headers.CANCEL).isPresent(),
                RequestRules.problem(message, options),
                form);
    }
}
