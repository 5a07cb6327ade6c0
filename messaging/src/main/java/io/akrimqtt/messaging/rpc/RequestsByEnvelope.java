package io.akrimqtt.messaging.rpc;

import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.messaging.topic.TopicName;
import io.akrimqtt.messaging.trace.TraceContext;
import io.cloudevents.CloudEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Requests that are CloudEvents in JSON. What is none, or has expired by its own clock, is not answered. */
final class RequestsByEnvelope implements RequestReader {

    private final CommandTopics topics;
    private final ExecutorOptions options;
    private final InstantSource clock;
    private final TopicFilter filter;

    RequestsByEnvelope(CommandTopics topics, ExecutorOptions options, InstantSource clock) {
        this.topics = topics;
        this.options = options;
        this.clock = clock;
        filter = topics.request().filter();
    }

    @Override
    public TopicFilter filter() {
        return filter;
    }

    @Override
    public Optional<IncomingRequest> read(Message message) {
        if (message.size() > options.largest()) {
            return Optional.empty();
        }
        return topics.request()
                .match(message.topic())
                .map(levels -> Optional.ofNullable(levels.get(CommandTopics.COMMAND)))
                .flatMap(level -> Envelope.read(message).flatMap(event -> read(message, event, level)));
    }

    private Optional<IncomingRequest> read(Message message, CloudEvent event, Optional<String> level) {
        var left = left(event);
        var reply = Envelope.extension(event, Envelope.REPLY_TO);
        var topic = reply.filter(it -> TopicName.problem(it).isEmpty()).map(TopicName::of);
        boolean lost = reply.isPresent()
                && topic.filter(it -> !it.reserved() && !filter.matches(it)).isEmpty();
        if (left.isEmpty() || lost) {
            return Optional.empty();
        }
        var command = level.or(() -> Optional.ofNullable(event.getSubject())).orElse("");
        var correlation = Envelope.extension(event, Envelope.CORRELATION).orElse(event.getId());
        var request = new CommandRequest(
                command, Envelope.payload(event), left.get(), topic.isEmpty(), Envelope.properties(event));
        return Optional.of(new IncomingRequest(
                request,
                message.topic() + "\0" + correlation,
                request.property(CommandRequest.IDEMPOTENCY_KEY)
                        .map(key -> DedupCache.idempotencyKey(filter.value(), command, key))
                        .orElse(null),
                Envelope.extension(event, Headers.CANCEL).isPresent(),
                problem(event, level),
                topic.map(it -> form(it, command, correlation, TraceContext.of(request.properties())))
                        .orElse(null)));
    }

    /** What is left of its time; empty where nothing is, or where the time is none. */
    private Optional<Duration> left(CloudEvent event) {
        var expiry = Envelope.extension(event, Envelope.EXPIRY);
        if (expiry.isEmpty()) {
            return Optional.of(options.executionTimeout());
        }
        try {
            Instant until = OffsetDateTime.parse(expiry.get()).toInstant();
            return Optional.of(Duration.between(clock.instant(), until)).filter(Duration::isPositive);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static @Nullable Response problem(CloudEvent event, Optional<String> level) {
        var subject = event.getSubject();
        return level.isPresent() && subject != null && !subject.equals(level.get())
                ? Response.refused(400, "subject: not the command that the topic names", "subject", null)
                : null;
    }

    private ReplyForm form(TopicName topic, String command, String correlation, Optional<TraceContext> trace) {
        return (answer, left) -> {
            var step = answer.headers().stream()
                    .filter(header -> header.name().equals(Headers.SEQUENCE))
                    .map(header -> "-" + header.value())
                    .findFirst()
                    .orElse("");
            var event = Envelope.event(Envelope.ANSWER, correlation + step, filter.value(), answer.payload())
                    .withSubject(command)
                    .withExtension(Envelope.CORRELATION, correlation)
                    .withExtension(Envelope.STATUS, answer.status());
            trace.map(TraceContext::properties)
                    .orElse(List.of())
                    .forEach(property -> event.withExtension(property.name(), property.value()));
            if (!answer.text().isEmpty()) {
                event.withExtension(Envelope.TEXT, answer.text());
            }
            return Envelope.CODEC.encode(topic, event.build()).toBuilder()
                    .expiry(left)
                    .build();
        };
    }
}
