package io.akrimqtt.cli.access;

/** There is no way to a workload; the message is a sentence for people, without secrets. */
public final class UnreachableException extends Exception {

    private static final long serialVersionUID = 1L;

    public UnreachableException(String message) {
        super(message);
    }
}
