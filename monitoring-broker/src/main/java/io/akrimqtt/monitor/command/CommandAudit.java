package io.akrimqtt.monitor.command;

import io.akrimqtt.messaging.trace.TraceContext;
import io.akrimqtt.messaging.trace.TraceLog;
import io.akrimqtt.monitor.access.AuditText;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes one line per command that somebody asked for over MQTT, as the API does for its own. Thread-safe. */
public final class CommandAudit {

    /** A log of its own, so that it can go where such logs go. */
    private static final Logger AUDIT = LoggerFactory.getLogger("io.akrimqtt.audit");

    private CommandAudit() {}

    /**
     * Writes a line.
     *
     * @param caller who asked, for people
     * @param action what with the command: {@code invoke} or {@code cancel}
     * @param id the command's, or empty
     * @param outcome {@code taken}, {@code refused}, or {@code not taken} with a status
     * @param trace that it belongs to, or null
     */
    public static void line(
            String caller, String action, String command, String id, String outcome, @Nullable TraceContext trace) {
        var line = AUDIT.atInfo()
                .addKeyValue("caller", caller.isEmpty() ? "anyone" : AuditText.of(caller))
                .addKeyValue("action", action)
                .addKeyValue("command", AuditText.of(command))
                .addKeyValue("id", id)
                .addKeyValue("outcome", outcome);
        TraceLog.add(line, trace).log("command asked for");
    }
}
