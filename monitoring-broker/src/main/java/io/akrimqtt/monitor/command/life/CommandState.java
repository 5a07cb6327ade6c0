package io.akrimqtt.monitor.command.life;

/** Where a command stands. */
public enum CommandState {
    /** Not published yet. */
    QUEUED,
    /** The MQTT server has taken it. That says nothing about the device. Final for a command without an answer. */
    PUBLISHED,
    /** The device has said that it took it. */
    ACCEPTED,
    /** The device has said that it works on it. */
    IN_PROGRESS,
    /** Final: done. */
    SUCCEEDED,
    /** Final: not done, for a reason at the device or on the way. */
    FAILED,
    /** Final: refused. */
    REJECTED,
    /** Final: published, and no answer in time. */
    TIMED_OUT,
    /** Final: never published, and its time is over. */
    EXPIRED,
    /** Final: taken back. */
    CANCELLED
}
