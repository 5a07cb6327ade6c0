package io.akrimqtt.messaging.rpc;

import java.time.Duration;

/**
 * How an executor works.
 *
 * @param executionTimeout how long a handler may take at most, whatever the request allows; then its thread is interrupted and the
 *     caller gets 408. Also the time of requests that tell no expiry. Positive
 * @param atATime how many commands are being done at a time, 1 or more; further ones are answered with 429
 * @param remembered how many requests are remembered, 1 or more
 * @param largest how large a request's payload may be, in bytes; larger ones are answered with 413
 * @param strict refuses what Azure's executors refuse: a request without 16 bytes of correlation data, a response topic or an
 *     expiry; otherwise those are done as far as they go
 * @param envelope requests are CloudEvents in JSON, and so are their answers
 * @param acknowledgeEarly acknowledges a request when it comes, not when it is answered: a device that dies in between loses it, but
 *     the server sends the next ones meanwhile
 * @param store where requests are remembered through a restart
 */
public record ExecutorOptions(
        Duration executionTimeout,
        int atATime,
        int remembered,
        int largest,
        boolean strict,
        boolean envelope,
        boolean acknowledgeEarly,
        DedupStore store) {

    /** One minute, 100 at a time, 1,000 remembered in memory only, 1 MiB, not strict, no envelope. */
    public static final ExecutorOptions DEFAULT = new ExecutorOptions(
            Duration.ofMinutes(1),
            CommandExecutor.AT_A_TIME,
            CommandExecutor.MOST,
            CommandInvoker.LARGEST,
            false,
            false,
            false,
            DedupStore.NONE);

    /** @throws IllegalArgumentException where a number or the time is not positive */
    public ExecutorOptions {
        if (!executionTimeout.isPositive() || atATime < 1 || remembered < 1 || largest < 1) {
            throw new IllegalArgumentException("executor options: execution timeout " + executionTimeout + ", "
                    + atATime + " at a time, " + remembered + " remembered, largest " + largest
                    + " (expected: all positive)");
        }
    }

    public ExecutorOptions withExecutionTimeout(Duration value) {
        return new ExecutorOptions(value, atATime, remembered, largest, strict, envelope, acknowledgeEarly, store);
    }

    public ExecutorOptions withAtATime(int value) {
        return new ExecutorOptions(
                executionTimeout, value, remembered, largest, strict, envelope, acknowledgeEarly, store);
    }

    public ExecutorOptions withRemembered(int value) {
        return new ExecutorOptions(
                executionTimeout, atATime, value, largest, strict, envelope, acknowledgeEarly, store);
    }

    public ExecutorOptions withLargest(int value) {
        return new ExecutorOptions(
                executionTimeout, atATime, remembered, value, strict, envelope, acknowledgeEarly, store);
    }

    public ExecutorOptions withStrict(boolean value) {
        return new ExecutorOptions(
                executionTimeout, atATime, remembered, largest, value, envelope, acknowledgeEarly, store);
    }

    public ExecutorOptions withEnvelope(boolean value) {
        return new ExecutorOptions(
                executionTimeout, atATime, remembered, largest, strict, value, acknowledgeEarly, store);
    }

    public ExecutorOptions withAcknowledgeEarly(boolean value) {
        return new ExecutorOptions(executionTimeout, atATime, remembered, largest, strict, envelope, value, store);
    }

    public ExecutorOptions withStore(DedupStore value) {
        return new ExecutorOptions(
                executionTimeout, atATime, remembered, largest, strict, envelope, acknowledgeEarly, value);
    }
}
