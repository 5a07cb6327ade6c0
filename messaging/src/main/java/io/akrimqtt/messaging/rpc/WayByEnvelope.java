package io.akrimqtt.messaging.rpc;

import io.akrimqtt.messaging.client.ProtocolVersion;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.messaging.topic.TopicName;
import io.akrimqtt.messaging.topic.TopicTemplate;
import io.akrimqtt.messaging.trace.TraceContext;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** All that MQTT 3.1.1 does not carry travels inside the payload, which is a CloudEvent in JSON. */
final class WayByEnvelope implements Way {

    private final TopicTemplate request;
    private final TopicTemplate response;
    private final String clientId;
    private final InstantSource clock;

    WayByEnvelope(CommandTopics topics, String clientId, InstantSource clock) {
        request = topics.request();
        var given = topics.response();
        response = given == null ? CommandTopics.defaultResponse(clientId) : given;
        this.clientId = clientId;
        this.clock = clock;
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
        return message(asked, call, asked.payload(), false);
    }

    @Override
    public Optional<Message> cancel(CommandRequest asked, CallId call, ProtocolVersion protocol) {
        return Optional.of(message(asked, call, Payload.EMPTY, true));
    }

    private Message message(CommandRequest asked, CallId call, Payload payload, boolean cancel) {
        var event = Envelope.event(Envelope.REQUEST, call.text() + (cancel ? "-cancel" : ""), clientId, payload)
                .withSubject(asked.command())
                .withExtension(Envelope.CORRELATION, call.text())
                .withExtension(
                        Envelope.EXPIRY, clock.instant().plus(asked.timeout()).atOffset(ZoneOffset.UTC));
        if (!asked.oneWay()) {
            event.withExtension(Envelope.REPLY_TO, replyTo(asked).value());
        }
        if (cancel) {
            event.withExtension(Headers.CANCEL, true);
        }
        asked.properties().forEach(property -> Envelope.add(event, property));
        var topic = request.fill(CommandTopics.COMMAND, asked.command()).topic();
        return Envelope.CODEC.encode(topic, event.build()).toBuilder()
                .expiry(asked.timeout())
                .build();
    }

    private TopicName replyTo(CommandRequest asked) {
        return response.fill(CommandTopics.COMMAND, asked.command()).topic();
    }

    @Override
    public List<Answer> answers(Message message, Collection<Call> underWay) {
        return Envelope.read(message)
                .flatMap(event -> Envelope.extension(event, Envelope.CORRELATION)
                        .map(id -> Answer.of(
                                        new CallId(id),
                                        Envelope.extension(event, Envelope.STATUS),
                                        Envelope.payload(event),
                                        Envelope.extension(event, Envelope.TEXT).orElse(""))
                                .traced(TraceContext.of(Envelope.properties(event))
                                        .orElse(null))))
                .map(List::of)
                .orElse(List.of());
    }
}
