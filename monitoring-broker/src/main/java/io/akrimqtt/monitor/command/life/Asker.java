package io.akrimqtt.monitor.command.life;

import io.akrimqtt.messaging.trace.TraceContext;
import org.jspecify.annotations.Nullable;

/**
 * Who wants something done.
 *
 * @param caller for the audit log and as the scope of the idempotency key; empty where nobody says
 * @param reply where a caller over MQTT wants to be told, as a later process reads it; empty for others
 * @param trace what goes with the request to the device, or null
 */
public record Asker(String caller, String reply, @Nullable TraceContext trace) {

    /** Nobody in particular. */
    public static final Asker UNKNOWN = new Asker("", "", null);

    Asker named(String name) {
        return new Asker(name, reply, trace);
    }

    Asker at(String address) {
        return new Asker(caller, address, trace);
    }

    Asker traced(@Nullable TraceContext context) {
        return new Asker(caller, reply, context);
    }
}
