package io.akrimqtt.messaging.rpc;

import io.akrimqtt.messaging.client.ProtocolVersion;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.messaging.topic.TopicTemplate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The way of Eclipse Hono, for any version of MQTT: the topics carry the request's id and the answer's status. */
final class WayByTopicIds implements Way {

    /** A one-way request has an empty id. */
    static final String NO_ANSWER = "";

    private final TopicTemplate request;
    private final TopicTemplate response;

    WayByTopicIds(CommandTopics topics) {
        request = topics.request();
        var given = topics.response();
        if (given == null) {
            throw new IllegalStateException("command topics: by topic ids without a response topic, which was checked");
        }
        response = given;
    }

    @Override
    public TopicFilter answers() {
        return response.filter();
    }

    @Override
    public Optional<String> problem(CommandRequest asked, ProtocolVersion protocol) {
        return Optional.empty();
    }

    @Override
    public Message request(CommandRequest asked, CallId call) {
        var message = Message.to(request.fill(CommandTopics.COMMAND, asked.command())
                        .fill(CommandTopics.REQUEST, asked.oneWay() ? NO_ANSWER : call.text())
                        .topic())
                .payload(asked.payload().bytes())
                .contentType(asked.payload().contentType().orElse(null))
                .utf8(asked.payload().isText())
                .expiry(asked.timeout());
        asked.properties().forEach(property -> message.userProperty(property.name(), property.value()));
        return message.build();
    }

    @Override
    public Optional<Message> cancel(CommandRequest asked, CallId call, ProtocolVersion protocol) {
        return protocol == ProtocolVersion.MQTT_5 ? Optional.of(Cancelling.of(request(asked, call))) : Optional.empty();
    }

    @Override
    public List<Answer> answers(Message message, Collection<Call> underWay) {
        return response.match(message.topic())
                .map(levels -> {
                    var status = Optional.ofNullable(levels.get(CommandTopics.STATUS))
                            .or(() -> Headers.status(message));
                    var id = new CallId(levels.getOrDefault(CommandTopics.REQUEST, NO_ANSWER));
                    return List.of(Answer.of(id, status, message));
                })
                .orElse(List.of());
    }
}
