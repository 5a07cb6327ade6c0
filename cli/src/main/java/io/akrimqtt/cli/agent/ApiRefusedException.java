package io.akrimqtt.cli.agent;

/** A write that the API server did not take; the message is its own. */
public final class ApiRefusedException extends Exception {

    private static final long serialVersionUID = 1;

    private final int code;

    /**
     * One refusal.
     *
     * @param code of HTTP
     */
    public ApiRefusedException(int code, String message) {
        super(message);
        this.code = code;
    }

    /** Of HTTP: 403 by admission, 409 for a conflict, 503 where there is no API server. */
    public int code() {
        return code;
    }
}
