package io.akrimqtt.messaging.rpc;

import io.akrimqtt.messaging.client.ProtocolVersion;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.messaging.topic.TopicTemplate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** For devices that can echo nothing: the next message on the response topic is the answer. */
record WayBySingleFlight(TopicTemplate request, TopicTemplate response) implements Way {

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
        return underWay.stream()
                .limit(1)
                .filter(call -> Bare.answeredAt(response, call, message.topic()))
                .flatMap(call -> Optional.ofNullable(call.id()).stream())
                .map(id -> Answer.of(id, Headers.status(message), message))
                .toList();
    }

    @Override
    public boolean oneAtATime() {
        return true;
    }
}
