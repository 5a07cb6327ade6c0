package io.akrimqtt.messaging.rpc;

import io.akrimqtt.messaging.message.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One command under way: tells its listener what happens, and ends once. Confined to the invoker's thread, but for what it is
 * made of and {@link #sent()}.
 */
final class Call {

    private static final Logger LOG = LoggerFactory.getLogger(Call.class);

    private final CommandRequest request;
    private final Consumer<CommandEvent> listener;
    private final Consumer<CommandEvent.Answered> late;
    private volatile @Nullable CallId id;
    private volatile boolean sent;
    private @Nullable Message message;
    private @Nullable Instant deadline;
    private @Nullable Future<?> timeout;
    private boolean published;
    private boolean ended;
    private boolean answered;

    /** @param late told of the answer that comes after the end */
    Call(CommandRequest request, Consumer<CommandEvent> listener, Consumer<CommandEvent.Answered> late) {
        this.request = request;
        this.listener = listener;
        this.late = late;
    }

    /** One whose answer may come for so long, and that nobody waits for. */
    static Call ofEarlierProcess(CallId id, Duration time) {
        var call = new Call(CommandRequest.of("earlier", Payload.EMPTY, time), _ -> {}, _ -> {});
        call.id = id;
        call.ended = true;
        return call;
    }

    /** Null until it starts. */
    @Nullable
    CallId id() {
        return id;
    }

    void start(CallId value, Message toSend, Instant until) {
        id = value;
        message = toSend;
        deadline = until;
    }

    /** What is sent, null until it starts. */
    @Nullable
    Message message() {
        return message;
    }

    /** When it times out, null until it starts. */
    @Nullable
    Instant deadline() {
        return deadline;
    }

    CommandRequest request() {
        return request;
    }

    boolean ended() {
        return ended;
    }

    void timeout(Future<?> value) {
        timeout = value;
    }

    /** Whether it is on its way, so that answers may come. */
    boolean sent() {
        return sent;
    }

    void send() {
        sent = true;
    }

    boolean wasPublished() {
        return published;
    }

    /** The server has taken it, or an answer shows so. */
    void published(boolean noSubscribers) {
        if (!published && !ended) {
            published = true;
            tell(new CommandEvent.Published(noSubscribers));
        }
    }

    void step(CommandEvent event) {
        if (!ended) {
            tell(event);
        }
    }

    /** Ends it; without an event where what was told before was the last. */
    void end(@Nullable CommandEvent last) {
        if (ended) {
            return;
        }
        ended = true;
        answered = last instanceof CommandEvent.Answered;
        if (timeout != null) {
            timeout.cancel(false);
        }
        if (last != null) {
            tell(last);
        }
    }

    /** An answer after the end; says whether it is the first one. */
    boolean late(CommandEvent.Answered answer) {
        if (answered) {
            return false;
        }
        answered = true;
        guarded(late, answer);
        return true;
    }

    private void tell(CommandEvent event) {
        guarded(listener, event);
    }

    private <T> void guarded(Consumer<T> consumer, T event) {
        try {
            consumer.accept(event);
        } catch (RuntimeException e) {
            LOG.atError().addKeyValue("command", request.command()).setCause(e).log("listener of a command failed");
        }
    }
}
