package io.akrimqtt.handler.report;

/** A stream's place in {@link Reporting}. Thread-safe. */
@FunctionalInterface
public interface ReportSubscription extends AutoCloseable {

    /** Ends it: its sink gets nothing more, but what is under way. Idempotent. */
    @Override
    void close();
}
