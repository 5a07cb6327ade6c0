package io.akrimqtt.handler.akri;

import java.time.Duration;

/**
 * The times that registration goes by.
 *
 * @param poll how often the agent's socket is looked at
 * @param retry how long after the first attempt that went wrong the next one is made; doubled each time
 * @param maxRetry up to which
 * @param answer how long the agent may take to answer before that is told; its answer is waited for as long as it lives
 */
public record RegistrationTimes(Duration poll, Duration retry, Duration maxRetry, Duration answer) {

    /** 0.05 s, 0.2 s up to 2 s, and 30 s: an agent that waits for other handlers answers late. */
    public static final RegistrationTimes DEFAULT = new RegistrationTimes(
            Duration.ofMillis(50), Duration.ofMillis(200), Duration.ofSeconds(2), Duration.ofSeconds(30));
}
