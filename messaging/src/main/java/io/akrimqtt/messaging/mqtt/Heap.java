package io.akrimqtt.messaging.mqtt;

/** What of the process' heap may be taken by messages on their way. */
final class Heap {

    private static final long MOST = Runtime.getRuntime().maxMemory();

    private Heap() {}

    /**
     * Bytes: so many, or an eighth of a small heap.
     *
     * @param wanted positive
     */
    static long upTo(long wanted) {
        return upTo(wanted, MOST);
    }

    static long upTo(long wanted, long heap) {
        return Math.min(wanted, heap / 8);
    }
}
