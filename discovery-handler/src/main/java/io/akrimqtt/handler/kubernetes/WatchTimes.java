package io.akrimqtt.handler.kubernetes;

import java.time.Duration;

/**
 * How the cluster is watched.
 *
 * @param watch how long one watch is asked for, a quarter more with jitter
 * @param overdue how much longer it may take before it is given up
 * @param lived what has lived that long was a watch, and ended as watches do
 * @param retry the first pause after a failure, doubling
 * @param maxRetry the longest
 * @param pulse how often the API server is asked whether it is there
 * @param coalesce how long changes are gathered
 * @param page how many objects a page of a list has
 */
record WatchTimes(
        Duration watch,
        Duration overdue,
        Duration lived,
        Duration retry,
        Duration maxRetry,
        Duration pulse,
        Duration coalesce,
        long page) {

    static final WatchTimes DEFAULT = new WatchTimes(
            Duration.ofMinutes(4),
            Duration.ofSeconds(30),
            Duration.ofSeconds(1),
            Duration.ofMillis(500),
            Duration.ofSeconds(20),
            Duration.ofSeconds(15),
            Duration.ofMillis(100),
            500);
}
