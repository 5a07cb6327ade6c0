package io.akrimqtt.monitor.command;

import io.akrimqtt.messaging.client.MessagePublisher;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.rpc.Payload;
import io.akrimqtt.monitor.command.life.CommandOrder;
import io.akrimqtt.monitor.command.life.CommandOutcome;
import io.akrimqtt.monitor.command.life.CommandState;
import io.akrimqtt.monitor.command.life.CommandUpdate;
import io.akrimqtt.monitor.command.life.Queueing;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells callers over MQTT what becomes of their commands. Thread-safe. */
final class ReplySender {

    private static final Logger LOG = LoggerFactory.getLogger(ReplySender.class);

    /** How long the server keeps an answer for a caller that is away, at least. */
    private static final Duration LEAST_EXPIRY = Duration.ofSeconds(10);

    private static final int IN_PROGRESS = 102;
    private static final int ACCEPTED = 202;

    private final MessagePublisher publisher;
    private final InstantSource clock;

    ReplySender(MessagePublisher publisher, InstantSource clock) {
        this.publisher = publisher;
        this.clock = clock;
    }

    /** The one who is told of a command: its end, and its states where the caller wants them. */
    Consumer<CommandUpdate> to(Reply reply, CommandOrder order) {
        var queueing = order.queueing();
        var waits = queueing == null ? Duration.ZERO : bounded(queueing.ttl());
        var until = clock.instant().plus(bounded(order.timeout()).plus(waits));
        return update -> {
            if (update.outcome().last() || reply.states()) {
                publish(message(reply, update, until));
            }
        };
    }

    /** What is out of bounds is refused later. */
    private static Duration bounded(Duration asked) {
        return asked.compareTo(Queueing.LONGEST_TTL) < 0 ? asked : Queueing.LONGEST_TTL;
    }

    /** Tells the end of what nobody waits for any more. */
    void last(Reply reply, String id, CommandOutcome outcome) {
        var now = clock.instant();
        publish(message(reply, new CommandUpdate(id, now, outcome), now));
    }

    private Message message(Reply reply, CommandUpdate update, Instant until) {
        var outcome = update.outcome();
        var left = Duration.between(clock.instant(), until);
        var payload = payload(reply, outcome);
        var state = outcome.state().name().toLowerCase(Locale.ROOT).replace('_', '-');
        var message = reply.message(status(outcome))
                .payload(payload.bytes())
                .contentType(payload.contentType().orElse(null))
                .expiry(left.compareTo(LEAST_EXPIRY) > 0 ? left : LEAST_EXPIRY)
                .userProperty("state", state);
        if (!update.id().isEmpty()) {
            message.userProperty("id", update.id());
        }
        if (!outcome.last()) {
            message.userProperty("last", "false");
        }
        var origin = outcome.origin();
        if (origin != null) {
            message.userProperty("origin", origin.name().toLowerCase(Locale.ROOT))
                    .userProperty("retryable", Boolean.toString(outcome.retryable()));
        }
        if (!outcome.text().isEmpty()) {
            message.userProperty("__stMsg", outcome.text());
        }
        var trace = outcome.trace();
        if (trace != null) {
            trace.properties().forEach(property -> message.userProperty(property.name(), property.value()));
        }
        return message.build();
    }

    /** On MQTT 3.1.1 a state on the way is told in words, where the device has none. */
    private static Payload payload(Reply reply, CommandOutcome outcome) {
        boolean bare =
                reply.byTopicIds() && !outcome.last() && outcome.payload().size() == 0;
        var words = outcome.state().name() + (outcome.text().isEmpty() ? "" : ": " + outcome.text());
        return bare ? Payload.text(words) : outcome.payload();
    }

    private static int status(CommandOutcome outcome) {
        if (!outcome.last()) {
            boolean taken = outcome.state() == CommandState.QUEUED || outcome.state() == CommandState.ACCEPTED;
            return taken ? ACCEPTED : IN_PROGRESS;
        }
        return outcome.status();
    }

    private void publish(Message answer) {
        var _ = publisher.publish(answer).whenComplete((_, problem) -> {
            if (problem != null) {
                LOG.atWarn()
                        .addKeyValue("topic", answer.topic())
                        .addKeyValue("reason", problem.getMessage())
                        .log("answer to a command over mqtt was not taken");
            }
        });
    }
}
