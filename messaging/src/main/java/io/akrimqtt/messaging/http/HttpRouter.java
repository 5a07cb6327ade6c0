package io.akrimqtt.messaging.http;

import io.akrimqtt.messaging.client.MessagePublisher;
import io.akrimqtt.messaging.dispatch.CommandRouter;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.rpc.CommandAnswers;
import io.akrimqtt.messaging.rpc.CommandReply;
import io.akrimqtt.messaging.rpc.CommandRequest;
import io.akrimqtt.messaging.rpc.Payload;
import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.messaging.topic.TopicName;
import io.akrimqtt.messaging.trace.TraceContext;
import io.akrimqtt.messaging.trace.TraceLog;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the messages of a filter to an HTTP target and its answer back: to the message's response topic, or to a fixed one. A
 * message that has neither gets no answer. Too many at a time are answered with 429. Immutable, thread-safe.
 *
 * <p>The last level of the topic is the command's name. Retained messages, and those whose answer would come back to the router
 * itself or to the server's own topics, are not taken. The correlation data, in hexadecimal, is the {@code Idempotency-Key} where
 * the message has no key of its own: MQTT may bring a message twice, and only the target can know that it did it.
 */
public final class HttpRouter implements CommandRouter<Message> {

    private static final Logger LOG = LoggerFactory.getLogger(HttpRouter.class);
    private static final Duration NO_EXPIRY = Duration.ofDays(1);
    private static final Duration ANSWER_EXPIRY = Duration.ofMinutes(1);

    private final TopicFilter filter;
    private final HttpTarget target;
    private final MessagePublisher publisher;
    private final InstantSource clock;
    private final Predicate<Message> selector;
    private final @Nullable TopicName response;
    private final int concurrency;
    private final int waiting;

    private HttpRouter(
            TopicFilter filter,
            HttpTarget target,
            MessagePublisher publisher,
            InstantSource clock,
            Predicate<Message> selector,
            @Nullable TopicName response,
            int concurrency,
            int waiting) {
        this.filter = filter;
        this.target = target;
        this.publisher = publisher;
        this.clock = clock;
        this.selector = selector;
        this.response = response;
        this.concurrency = concurrency;
        this.waiting = waiting;
    }

    /** All messages of the filter, 16 at a time, 1,000 waiting. */
    public static HttpRouter of(
            TopicFilter filter, HttpTarget target, MessagePublisher publisher, InstantSource clock) {
        return new HttpRouter(filter, target, publisher, clock, _ -> true, null, 16, 1_000);
    }

    /** Only messages that it selects; asked on the client's thread, so it must not block. */
    public HttpRouter selecting(Predicate<Message> value) {
        return new HttpRouter(filter, target, publisher, clock, value, response, concurrency, waiting);
    }

    /** Answers what has no response topic there; null for nowhere. */
    public HttpRouter answering(@Nullable TopicName value) {
        return new HttpRouter(filter, target, publisher, clock, selector, value, concurrency, waiting);
    }

    /** So many at a time and so many waiting. */
    public HttpRouter withRoom(int atATime, int wait) {
        return new HttpRouter(filter, target, publisher, clock, selector, response, atATime, wait);
    }

    @Override
    public TopicFilter filter() {
        return filter;
    }

    @Override
    public boolean selects(Message message, Message value) {
        var answer = topic(message);
        boolean loops = answer != null && (answer.reserved() || filter.matches(answer));
        return !message.retain() && !loops && selector.test(message);
    }

    @Override
    public int concurrency() {
        return concurrency;
    }

    @Override
    public int waiting() {
        return waiting;
    }

    @Override
    public CompletionStage<Void> route(Message message, Message value) {
        var begun = clock.instant();
        CommandReply reply;
        try {
            reply = target.handle(request(message));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            reply = CommandReply.failed(503, "the dispatcher stops");
        }
        var line = LOG.atDebug().addKeyValue("topic", message.topic()).addKeyValue("status", reply.status());
        TraceLog.add(line, TraceContext.of(message).orElse(null)).log("command taken to its HTTP target");
        var left = message.expiry()
                .map(expiry -> expiry.minus(Duration.between(begun, clock.instant())))
                .orElse(ANSWER_EXPIRY);
        return answer(message, reply, left);
    }

    @Override
    public void refused(Message message) {
        var _ = answer(
                message,
                CommandReply.failed(429, "too many commands wait"),
                message.expiry().orElse(ANSWER_EXPIRY));
    }

    private CompletionStage<Void> answer(Message message, CommandReply reply, Duration left) {
        var topic = topic(message);
        if (topic == null || !left.isPositive()) {
            return CompletableFuture.completedFuture(null);
        }
        var answer = CommandAnswers.message(topic, message.correlationData().orElse(null), reply, left).toBuilder();
        TraceContext.of(message)
                .map(TraceContext::properties)
                .orElse(List.of())
                .forEach(property -> answer.userProperty(property.name(), property.value()));
        return publisher.publish(answer.build()).thenAccept(_ -> {});
    }

    private @Nullable TopicName topic(Message message) {
        return message.responseTopic().orElse(response);
    }

    private static CommandRequest request(Message message) {
        var level = message.topic().value();
        var properties = message.userProperties().stream()
                .filter(property -> !property.name().startsWith("__"))
                .toList();
        var request = new CommandRequest(
                level.substring(level.lastIndexOf('/') + 1),
                Payload.of(message.payload(), message.contentType().orElse(null)),
                message.expiry().filter(Duration::isPositive).orElse(NO_EXPIRY),
                message.responseTopic().isEmpty(),
                properties);
        var correlation = message.correlationData();
        return request.property(CommandRequest.IDEMPOTENCY_KEY).isPresent() || correlation.isEmpty()
                ? request
                : request.withIdempotencyKey(HexFormat.of().formatHex(correlation.get()));
    }
}
