package io.akrimqtt.messaging.rpc;

import io.akrimqtt.messaging.client.ProtocolVersion;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.messaging.topic.TopicTemplate;
import io.akrimqtt.messaging.trace.TraceContext;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** For devices that only show their state: a command is done when the state shows what it asked for. */
record WayByStateEcho(TopicTemplate request, TopicTemplate response) implements Way {

    private static final int DONE = 200;

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
        return Bare.request(request, asked);
    }

    @Override
    public Optional<Message> cancel(CommandRequest asked, CallId call, ProtocolVersion protocol) {
        return Optional.empty();
    }

    @Override
    public List<Answer> answers(Message message, Collection<Call> underWay) {
        var waiting = underWay.stream()
                .filter(call -> Bare.answeredAt(response, call, message.topic()))
                .toList();
        if (waiting.isEmpty()) {
            return List.of();
        }
        var payload = Payload.of(message.payload(), message.contentType().orElse(null));
        var state = new ShownState(message.payload());
        return waiting.stream()
                .filter(call -> state.shows(call.request().payload().bytes()))
                .map(Call::id)
                .filter(Objects::nonNull)
                .map(id -> new Answer(Objects.requireNonNull(id), DONE, payload, "")
                        .traced(TraceContext.of(message).orElse(null)))
                .toList();
    }
}
