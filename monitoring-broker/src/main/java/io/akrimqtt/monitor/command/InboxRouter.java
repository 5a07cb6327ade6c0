package io.akrimqtt.monitor.command;

import io.akrimqtt.messaging.dispatch.CommandRouter;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.rpc.Origin;
import io.akrimqtt.messaging.rpc.Payload;
import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.messaging.trace.TraceContext;
import io.akrimqtt.monitor.access.AccessRules;
import io.akrimqtt.monitor.access.Caller;
import io.akrimqtt.monitor.command.life.CommandOrder;
import io.akrimqtt.monitor.command.life.CommandOutcome;
import io.akrimqtt.monitor.command.life.CommandUpdate;
import io.akrimqtt.monitor.command.life.TrafficClass;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes requests of one form to the device, and its answers back. Thread-safe.
 *
 * <p>MQTT does not tell who publishes: to the rules every such caller is {@code mqtt}. What a caller calls itself stands in the audit
 * log behind that, and is the scope of its idempotency keys.
 */
final class InboxRouter implements CommandRouter<Payload> {

    private static final String MQTT = "mqtt";

    private final RequestForm form;
    private final DeviceCommands commands;
    private final AccessRules rules;
    private final ReplySender replies;

    InboxRouter(RequestForm form, DeviceCommands commands, AccessRules rules, ReplySender replies) {
        this.form = form;
        this.commands = commands;
        this.rules = rules;
        this.replies = replies;
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
        return DeviceCommands.MAX_IN_FLIGHT * TrafficClass.values().length;
    }

    /** Done when it has ended, or when it is kept for later: what waits for a device takes no other's place. */
    @Override
    public CompletionStage<Void> route(Message request, Payload payload) {
        var name = form.command(request);
        var claimed = RequestProperties.claimed(request);
        var caller = new Caller(claimed.isEmpty() ? MQTT : MQTT + ":" + claimed, List.of(MQTT), false);
        var reply = form.reply(request);
        var trace = TraceContext.of(request).orElse(null);
        CommandOrder order;
        try {
            var timeout = RequestProperties.timeout(request);
            order = RequestProperties.read(request, new CommandOrder(name, payload, timeout, reply.isEmpty()))
                    .from(caller.name())
                    .to(form.member(request))
                    .withReply(reply.map(Reply::text).orElse(""))
                    .traced(trace);
        } catch (IllegalArgumentException e) {
            return refuse(caller, name, trace, reply, 400, String.valueOf(e.getMessage()));
        }
        if (!rules.mayCommand(caller, name)) {
            var text = "the rules do not allow this command over MQTT (expected: a rule with caller: mqtt)";
            return refuse(caller, name, trace, reply, 403, text);
        }
        var done = new CompletableFuture<Void>();
        var teller = reply.map(it -> replies.to(it, order)).orElse(_ -> {});
        var _ = commands.invoke(order, new Taken(caller, name, trace, teller, done, order.durable()));
        return done;
    }

    /** Told of one command: writes the audit's line at the first word of it, and passes on what its caller wants to know. */
    private record Taken(
            Caller caller,
            String name,
            @Nullable TraceContext trace,
            Consumer<CommandUpdate> teller,
            CompletableFuture<Void> done,
            boolean durable,
            AtomicBoolean first)
            implements Consumer<CommandUpdate> {

        Taken(
                Caller caller,
                String name,
                @Nullable TraceContext trace,
                Consumer<CommandUpdate> teller,
                CompletableFuture<Void> done,
                boolean durable) {
            this(caller, name, trace, teller, done, durable, new AtomicBoolean(true));
        }

        @Override
        public void accept(CommandUpdate update) {
            var outcome = update.outcome();
            if (first.compareAndSet(true, false)) {
                boolean refused = outcome.last() && outcome.status() >= 400;
                var word = refused ? "not taken: " + outcome.status() : "taken";
                CommandAudit.line(caller.name(), "invoke", name, update.id(), word, trace);
            }
            teller.accept(update);
            if (outcome.last() || durable) {
                done.complete(null);
            }
        }
    }

    private CompletionStage<Void> refuse(
            Caller caller, String name, @Nullable TraceContext trace, Optional<Reply> reply, int status, String text) {
        CommandAudit.line(caller.name(), "invoke", name, "", status == 403 ? "refused" : "not taken: " + status, trace);
        var outcome = CommandOutcome.refused(status, Origin.CALLER, false, text);
        reply.ifPresent(it -> replies.last(it, "", outcome));
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void refused(Message request) {
        var outcome = CommandOutcome.refused(429, Origin.QUEUE, true, "too many commands wait (expected: fewer)");
        form.reply(request).ifPresent(reply -> replies.last(reply, "", outcome));
    }
}
