package io.akrimqtt.messaging.rpc;

import io.akrimqtt.messaging.client.MessagePublisher;
import io.akrimqtt.messaging.client.MessagingException;
import io.akrimqtt.messaging.client.MessagingException.Kind;
import io.akrimqtt.messaging.message.Message;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends answers, and acknowledges a request once its answer is with the server: a device that dies in between gets the request
 * again. An answer for which no time is left helps nobody and is not sent. Thread-safe.
 */
final class Answers {

    /** So many steps may be on their way; more are dropped. */
    private static final int MOST_STEPS = 64;

    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

    private final MessagePublisher publisher;
    private final InstantSource clock;
    private final AtomicInteger steps = new AtomicInteger();

    Answers(MessagePublisher publisher, InstantSource clock) {
        this.publisher = publisher;
        this.clock = clock;
    }

    /** Sends the final answer, then acknowledges. */
    void send(Asked asked, Response response) {
        send(asked, response, true);
    }

    /** @param withWords whether, where it cannot be sent, words to that effect are sent in its place */
    private void send(Asked asked, Response response, boolean withWords) {
        var message = message(asked, response);
        if (message.isEmpty()) {
            asked.delivery().acknowledge();
            return;
        }
        var _ = publisher.publish(message.get()).whenComplete((_, error) -> {
            if (error == null) {
                asked.delivery().acknowledge();
            } else {
                unsent(asked, error, withWords);
            }
        });
    }

    /** What cannot be sent is told once in words that can; when the client was closed the request stays with the server. */
    private void unsent(Asked asked, Throwable error, boolean withWords) {
        var cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        LOG.atWarn()
                .addKeyValue("command", asked.request().request().command())
                .addKeyValue("reason", cause.getMessage())
                .log("answer not sent");
        boolean closed = cause instanceof MessagingException messaging && messaging.kind() == Kind.CLOSED;
        boolean tooLarge = cause instanceof MessagingException messaging && messaging.kind() == Kind.TOO_LARGE;
        if (withWords && (tooLarge || cause instanceof IllegalArgumentException)) {
            var reason = tooLarge ? "larger than the MQTT server takes" : "not by MQTT's rules";
            send(asked, Response.refused(500, "the device's answer cannot be sent: " + reason), false);
        } else if (!closed) {
            asked.delivery().acknowledge();
        }
    }

    /** Sends a step on the way. */
    void step(Asked asked, Response response) {
        var message = message(asked, response);
        if (message.isEmpty()) {
            return;
        }
        if (steps.incrementAndGet() > MOST_STEPS) {
            steps.decrementAndGet();
            return;
        }
        var _ = publisher.publish(message.get()).whenComplete((_, _) -> steps.decrementAndGet());
    }

    private Optional<Message> message(Asked asked, Response response) {
        var form = asked.request().form();
        var left = Duration.between(clock.instant(), asked.deadline());
        return form == null || !left.isPositive() ? Optional.empty() : Optional.of(form.message(response, left));
    }
}
