package io.akrimqtt.cli.process;

/** What a probe found. */
enum Health {
    /** It has not answered for so long that others need not wait for it any longer. */
    SLOW,
    /** It answers that it is not ready, or has stopped answering. */
    NOT_READY,
    /** It answers that it is ready. */
    READY
}
