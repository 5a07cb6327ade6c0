package io.akrimqtt.handler.kubernetes;

/** What is known of the guard, the admission policy under which agents may take our Instances off only where we released them. */
public enum Guard {
    /** It was not tried yet, or the trial could not tell. */
    UNKNOWN,
    IN_FORCE,
    /** What it should have refused was not refused. */
    MISSING
}
