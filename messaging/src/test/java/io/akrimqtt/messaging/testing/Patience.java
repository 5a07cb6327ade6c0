package io.akrimqtt.messaging.testing;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** Waits for conditions: looks often, gives up late. */
public final class Patience {

    private static final Duration MOST = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(5);

    private Patience() {}

    /** To be followed by what is waited for. */
    public static ConditionFactory await() {
        return Awaitility.await().atMost(MOST).pollDelay(Duration.ZERO).pollInterval(LOOK);
    }
}
