package io.akrimqtt.monitor.command;

import io.akrimqtt.messaging.trace.TraceContext;
import io.akrimqtt.monitor.command.life.CommandOrder;
import io.akrimqtt.monitor.command.life.CommandUpdate;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Is told of every command that gets into the queue, whoever asked for it. Thread-safe; must neither wait nor throw. */
public interface CommandWatcher {

    /** Sees nothing; traces pass through. */
    CommandWatcher NONE = new CommandWatcher() {};

    /**
     * A command begins.
     *
     * @return the trace context that goes with it to the device, or null for none
     */
    default @Nullable TraceContext begun(String id, CommandOrder order, Instant at) {
        return order.trace();
    }

    /** A command of an earlier process goes on in this one. */
    default void restored(String id, CommandOrder order, Instant submitted) {}

    /** Something became of a command; what is told last is its end. Also of commands that it does not know. */
    default void told(CommandUpdate update) {}

    /** A command that has begun is no other than an earlier one, and ends with nothing. */
    default void same(String id, String earlier) {}
}
