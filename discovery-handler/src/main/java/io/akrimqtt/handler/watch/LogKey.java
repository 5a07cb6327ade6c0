package io.akrimqtt.handler.watch;

/** Keys of logged data, one spelling each. */
final class LogKey {

    static final String CAUSE = "cause";
    static final String COUNT = "count";
    static final String DEVICE = "device";
    static final String EVIDENCE = "evidence";
    static final String PRESENCE = "presence";
    static final String REASON = "reason";
    static final String SERVER = "server";
    static final String SESSION = "session";
    static final String TOPIC = "topic";

    private LogKey() {}
}
