package io.akrimqtt.monitor.api.guard;

import io.akrimqtt.monitor.access.Caller;

/** What is known of somebody who calls. */
sealed interface Identified {

    /** Who it is; perhaps anyone. */
    record As(Caller caller) implements Identified {}

    /** It shows a token that is not in order. */
    record Wrong() implements Identified {}

    /** Its token cannot be checked now. */
    record Unknown() implements Identified {}
}
