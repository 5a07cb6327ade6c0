package io.akrimqtt.monitor.command;

import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.rpc.CommandEvent;
import io.akrimqtt.messaging.rpc.CommandTopics;
import io.akrimqtt.messaging.rpc.Payload;
import io.akrimqtt.messaging.trace.TraceContext;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** Reads answers that no call waits for. Immutable. */
final class Answers {

    private static final int ACCEPTED = 202;

    /** An answer, and the request that it says it answers. */
    record Overheard(String id, CommandEvent event) {}

    private final CommandTopics topics;

    Answers(CommandTopics topics) {
        this.topics = topics;
    }

    /** Empty where a message has no id or no status that can be read. */
    Optional<Overheard> read(Message message) {
        var levels = levels(message);
        var id = topics.byTopicIds()
                ? Optional.ofNullable(levels.get("request"))
                : message.correlationData().map(HexFormat.of()::formatHex);
        var status = Optional.ofNullable(levels.get("status"))
                .or(() -> message.userProperty("__stat"))
                .or(() -> message.userProperty("status"))
                .orElse("200");
        return id.filter(CommandIds::fits)
                .flatMap(found -> event(status, message).map(event -> new Overheard(found, event)));
    }

    private Map<String, String> levels(Message message) {
        var response = topics.response();
        return response == null ? Map.of() : response.match(message.topic()).orElse(Map.of());
    }

    private static Optional<CommandEvent> event(String status, Message message) {
        if (!status.matches("[1-5][0-9]{2}")) {
            return Optional.empty();
        }
        var payload = Payload.of(message.payload(), message.contentType().orElse(null));
        var text = message.userProperty("__stMsg").orElse("");
        int number = Integer.parseInt(status);
        return Optional.of(
                number < 200
                        ? new CommandEvent.InProgress(payload, text)
                        : number == ACCEPTED
                                ? new CommandEvent.Accepted(text)
                                : new CommandEvent.Answered(
                                        number,
                                        payload,
                                        text,
                                        TraceContext.of(message).orElse(null)));
    }
}
