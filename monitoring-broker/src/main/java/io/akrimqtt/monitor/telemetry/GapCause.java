package io.akrimqtt.monitor.telemetry;

/** Why a reader has missed messages, or may have. */
public enum GapCause {
    /** The bounded log went on without the reader. */
    OVERRUN,
    /** A message was larger than a message may be. */
    TOO_LARGE,
    /** The cursor to go on from is not of this process. */
    UNKNOWN_CURSOR,
    /** The time to start at is before what is held. */
    NOT_HELD,
    /** The MQTT server had not kept the session over an interruption. */
    SESSION_LOST,
    /** The connection was interrupted and the session kept: what was sent at most once may be missing. */
    INTERRUPTED
}
