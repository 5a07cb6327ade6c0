package io.akrimqtt.messaging.rpc;

import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.messaging.topic.TopicName;
import io.akrimqtt.messaging.topic.TopicTemplate;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Reads requests from messages, on the device's side. Immutable. */
final class IncomingRequests {

    private final CommandTopics topics;
    private final Duration timeout;
    private final TopicFilter filter;

    /** @param timeout for requests that tell no expiry */
    IncomingRequests(CommandTopics topics, Duration timeout) {
        this.topics = topics;
        this.timeout = timeout;
        filter = topics.request().filter();
    }

    /** Where requests come. */
    TopicFilter filter() {
        return filter;
    }

    /** Reads one, or empty where the message is none that may be answered. */
    Optional<IncomingRequest> read(Message message) {
        return topics.request().match(message.topic()).flatMap(levels -> {
            var command = levels.getOrDefault(CommandTopics.COMMAND, "");
            return topics.byTopicIds() ? byTopicIds(message, command, levels) : byProperties(message, command);
        });
    }

    private Optional<IncomingRequest> byTopicIds(Message message, String command, Map<String, String> levels) {
        var id = levels.getOrDefault(CommandTopics.REQUEST, WayByTopicIds.NO_ANSWER);
        var template = topics.response();
        if (id.isEmpty() || template == null) {
            return Optional.of(new IncomingRequest(request(message, command, true), null, null, null));
        }
        var response = template.fill(CommandTopics.REQUEST, id).fill(CommandTopics.COMMAND, command);
        return Optional.of(new IncomingRequest(
                request(message, command, false), message.topic().value(), null, response));
    }

    private Optional<IncomingRequest> byProperties(Message message, String command) {
        var correlation = message.correlationData().map(CallId::of);
        var key = correlation.map(id -> message.topic() + "\0" + id.text()).orElse(null);
        var response = message.responseTopic();
        if (response.isPresent() && !allowed(response.get())) {
            return Optional.empty();
        }
        return Optional.of(new IncomingRequest(
                request(message, command, response.isEmpty()),
                key,
                correlation.orElse(null),
                response.map(topic -> TopicTemplate.of("{topic}").fill("topic", topic))
                        .orElse(null)));
    }

    /** Nobody may make us publish where we would not: not to the server's own topics, not to our commands again. */
    private boolean allowed(TopicName response) {
        return !response.reserved() && !filter.matches(response);
    }

    private CommandRequest request(Message message, String command, boolean oneWay) {
        var payload = Payload.of(message.payload(), message.contentType().orElse(null));
        var expiry = message.expiry().filter(Duration::isPositive).orElse(timeout);
        return new CommandRequest(command, payload, expiry, oneWay);
    }
}
