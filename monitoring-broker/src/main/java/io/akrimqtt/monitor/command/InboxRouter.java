package io.akrimqtt.monitor.command;

import io.akrimqtt.messaging.client.MessagePublisher;
import io.akrimqtt.messaging.dispatch.CommandRouter;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.rpc.Origin;
import io.akrimqtt.messaging.rpc.Payload;
import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.messaging.trace.TraceContext;
import io.akrimqtt.monitor.command.life.CommandOrder;
import io.akrimqtt.monitor.command.life.CommandOutcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes requests of one form to the device, and its answers back. Thread-safe. */
final class InboxRouter implements CommandRouter<Payload> {

    private static final Logger LOG = LoggerFactory.getLogger(InboxRouter.class);

    /** How long the server keeps an answer for a caller that is away, at least. */
    private static final Duration LEAST_EXPIRY = Duration.ofSeconds(10);

    private final RequestForm form;
    private final DeviceCommands commands;
    private final MessagePublisher publisher;
    private final InstantSource clock;

    InboxRouter(RequestForm form, DeviceCommands commands, MessagePublisher publisher, InstantSource clock) {
        this.form = form;
        this.commands = commands;
        this.publisher = publisher;
        this.clock = clock;
    }

    @Override
    public TopicFilter filter() {
        return form.filter();
    }

    @Override
    public boolean selects(Message request, Payload payload) {
        return form.fits(request);
    }

    /** As many as may be under way; those beyond wait for their turn. */
    @Override
    public int concurrency() {
        return DeviceCommands.MAX_IN_FLIGHT;
    }

    @Override
    public CompletionStage<Void> route(Message request, Payload payload) {
        var done = new CompletableFuture<Void>();
        var timeout = timeout(request);
        var until = clock.instant().plus(timeout);
        boolean oneWay = form.answer(request, 0).isEmpty();
        var order = new CommandOrder(RequestForm.command(request), payload, timeout, oneWay)
                .traced(TraceContext.of(request).orElse(null));
        var _ = commands.invoke(order, update -> {
            if (update.outcome().last()) {
                answer(request, update.outcome(), until);
                done.complete(null);
            }
        });
        return done;
    }

    @Override
    public void refused(Message request) {
        var outcome = CommandOutcome.refused(429, Origin.QUEUE, true, "too many commands wait (expected: fewer)");
        answer(request, outcome, clock.instant());
    }

    /** The request's own time to live, where it has one that is a timeout. */
    private static Duration timeout(Message request) {
        return request.expiry()
                .filter(expiry -> expiry.compareTo(CommandOrder.LONGEST_TIMEOUT) <= 0)
                .orElse(CommandOrder.DEFAULT_TIMEOUT);
    }

    private void answer(Message request, CommandOutcome outcome, Instant until) {
        form.answer(request, outcome.status()).ifPresent(answer -> {
            var left = Duration.between(clock.instant(), until);
            answer.payload(outcome.payload().bytes())
                    .contentType(outcome.payload().contentType().orElse(null))
                    .expiry(left.compareTo(LEAST_EXPIRY) > 0 ? left : LEAST_EXPIRY);
            if (!outcome.text().isEmpty()) {
                answer.userProperty("__stMsg", outcome.text());
            }
            var trace = outcome.trace();
            if (trace != null) {
                trace.properties().forEach(property -> answer.userProperty(property.name(), property.value()));
            }
            publish(answer.build());
        });
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
