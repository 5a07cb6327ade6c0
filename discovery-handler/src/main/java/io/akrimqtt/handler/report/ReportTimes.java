package io.akrimqtt.handler.report;

import java.time.Duration;

/**
 * The times that reporting goes by.
 *
 * @param coalesce how long after its first change a list is sent
 * @param settle how long a new stream waits at most for a watch that is still reading its MQTT servers
 * @param patience how long it waits where such a watch knows no device yet: an empty list says no more to Akri than none
 * @param linger how long a watch outlives its last stream, so that an agent that comes back finds it warm
 */
public record ReportTimes(Duration coalesce, Duration settle, Duration patience, Duration linger) {

    /** 1 s, 1 s, 10 s, 60 s. */
    public static final ReportTimes DEFAULT = new ReportTimes(
            Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofSeconds(60));
}
