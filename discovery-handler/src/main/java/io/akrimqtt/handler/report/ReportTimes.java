package io.akrimqtt.handler.report;

import java.time.Duration;

/**
 * The times that reporting goes by.
 *
 * @param coalesce how long after its first change a list is sent
 * @param settle how long a new stream waits at most for a watch that is still reading its MQTT servers
 * @param linger how long a watch outlives its last stream, so that an agent that comes back finds it warm
 */
public record ReportTimes(Duration coalesce, Duration settle, Duration linger) {

    /** 1 s, 1 s, 60 s. */
    public static final ReportTimes DEFAULT =
            new ReportTimes(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(60));
}
