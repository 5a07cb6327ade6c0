package io.akrimqtt.cli.local;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was started, to be ended in reverse. Confined to one thread. */
final class Parts implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Parts.class);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    <T extends AutoCloseable> T opened(T part) {
        parts.push(part);
        return part;
    }

    /** Ends all of them, whatever becomes of each. Idempotent. */
    @Override
    public void close() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                LOG.atWarn().addKeyValue("error", e.toString()).log("a part of the run did not end well");
            }
        }
    }
}
