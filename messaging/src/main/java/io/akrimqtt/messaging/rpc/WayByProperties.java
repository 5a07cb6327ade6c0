package io.akrimqtt.messaging.rpc;

import io.akrimqtt.messaging.client.ProtocolVersion;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.messaging.topic.TopicTemplate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** MQTT 5's own way: Response Topic, correlation data, message expiry; the status is a user property. */
final class WayByProperties implements Way {

    private final TopicTemplate request;
    private final TopicTemplate response;
    private final String clientId;

    WayByProperties(CommandTopics topics, String clientId) {
        request = topics.request();
        var given = topics.response();
        response = given == null ? CommandTopics.defaultResponse(clientId) : given;
        this.clientId = clientId;
    }

    @Override
    public TopicFilter answers() {
        return response.filter();
    }

    @Override
    public Optional<String> problem(CommandRequest asked, ProtocolVersion protocol) {
        return protocol == ProtocolVersion.MQTT_5 || asked.oneWay()
                ? Optional.empty()
                : Optional.of("MQTT 3.1.1 carries no response topic (expected: an MQTT 5 server, or a command topic '"
                        + request + "' with a level '{request}' and a response topic with '{request}' and '{status}')");
    }

    @Override
    public Message request(CommandRequest asked, CallId call) {
        var message = Message.to(
                        request.fill(CommandTopics.COMMAND, asked.command()).topic())
                .payload(asked.payload().bytes())
                .contentType(asked.payload().contentType().orElse(null))
                .utf8(asked.payload().isText())
                .expiry(asked.timeout())
                .userProperty(Headers.PROTOCOL_VERSION, Headers.VERSION)
                .userProperty(Headers.SOURCE, clientId);
        asked.properties().forEach(property -> message.userProperty(property.name(), property.value()));
        if (!asked.oneWay()) {
            message.responseTopic(response.fill(CommandTopics.COMMAND, asked.command())
                            .topic())
                    .correlationData(call.bytes());
        }
        return message.build();
    }

    @Override
    public Optional<Message> cancel(CommandRequest asked, CallId call, ProtocolVersion protocol) {
        return Optional.of(Cancelling.of(request(asked, call)));
    }

    @Override
    public List<Answer> answers(Message message, Collection<Call> underWay) {
        return message.correlationData()
                .filter(bytes -> bytes.length == CallId.SIZE)
                .map(bytes -> Answer.of(CallId.of(bytes), Headers.status(message), message))
                .map(List::of)
                .orElse(List.of());
    }
}
