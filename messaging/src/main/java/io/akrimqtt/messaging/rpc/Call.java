package io.akrimqtt.messaging.rpc;

import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One command under way: tells its listener what happens, and ends once. Confined to the invoker's thread. */
final class Call {

    private static final Logger LOG = LoggerFactory.getLogger(Call.class);

    private final CommandRequest request;
    private final Consumer<CommandEvent> listener;
    private @Nullable CallId id;
    private @Nullable Future<?> timeout;
    private boolean published;
    private boolean ended;

    Call(CommandRequest request, Consumer<CommandEvent> listener) {
        this.request = request;
        this.listener = listener;
    }

    /** Null until it starts. */
    @Nullable
    CallId id() {
        return id;
    }

    void start(CallId value) {
        id = value;
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
        if (timeout != null) {
            timeout.cancel(false);
        }
        if (last != null) {
            tell(last);
        }
    }

    private void tell(CommandEvent event) {
        try {
            listener.accept(event);
        } catch (RuntimeException e) {
            LOG.atError().addKeyValue("command", request.command()).setCause(e).log("listener of a command failed");
        }
    }
}
