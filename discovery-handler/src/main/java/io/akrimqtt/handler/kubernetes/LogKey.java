package io.akrimqtt.handler.kubernetes;

/** Keys of log data. */
final class LogKey {

    static final String KIND = "kind";
    static final String OBJECT = "object";
    static final String REASON = "reason";
    static final String ACTION = "action";
    static final String OUTCOME = "outcome";
    static final String WATCH = "watch";

    private LogKey() {}
}
