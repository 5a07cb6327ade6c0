package io.akrimqtt.cli.local;

/** Why a local run cannot go on, in a sentence for the person at the keyboard. */
public final class LocalRunException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Tells why, and what to do about it. */
    public LocalRunException(String message) {
        super(message);
    }

    /** The same, with what caused it. */
    public LocalRunException(String message, Throwable cause) {
        super(message, cause);
    }
}
