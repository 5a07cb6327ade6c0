package io.akrimqtt.cli.agent;

/** A discovery property that cannot be had; the message says which and why, and holds no secret. */
public final class UnresolvedPropertyException extends Exception {

    private static final long serialVersionUID = 1;

    /** Says which property, and why. */
    public UnresolvedPropertyException(String message) {
        super(message);
    }
}
