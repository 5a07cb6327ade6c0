package io.akrimqtt.monitor.telemetry;

/**
 * What telemetry may take.
 *
 * @param logMessages the most messages in the log; the oldest make room
 * @param logBytes the most bytes in the log; the oldest make room
 * @param topics the most topics whose last value is held; those of further topics are not
 * @param lastValueBytes the most bytes of last values
 * @param messageBytes the largest message that is held; larger ones become gaps
 * @param readers the most readers at once; more are refused
 */
public record TelemetryLimits(
        int logMessages, long logBytes, int topics, long lastValueBytes, int messageBytes, int readers) {

    private static final int MIB = 1024 * 1024;

    /** 10,000 messages and 8 MiB, 1,000 topics and 8 MiB of last values, 1 MiB per message, 64 readers. */
    public static final TelemetryLimits DEFAULT = new TelemetryLimits(10_000, 8L * MIB, 1_000, 8L * MIB, MIB, 64);

    /**
     * The same with fewer bytes where the heap is small: an eighth of it for the log and for last values each, a sixteenth for a message.
     *
     * @param heap the most bytes that the heap may have
     */
    public TelemetryLimits within(long heap) {
        return new TelemetryLimits(
                logMessages,
                Math.min(logBytes, heap / 8),
                topics,
                Math.min(lastValueBytes, heap / 8),
                (int) Math.min(messageBytes, heap / 16),
                readers);
    }
}
