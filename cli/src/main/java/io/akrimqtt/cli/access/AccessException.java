package io.akrimqtt.cli.access;

/** Why it is not known as whom to connect; one problem on each line, without secrets. */
public final class AccessException extends Exception {

    private static final long serialVersionUID = 1L;

    AccessException(String message) {
        super(message);
    }
}
