package io.akrimqtt.cli.cluster;

/** The API server's refusal. */
public final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int code;
    private final String reason;

    /**
     * One refusal.
     *
     * @param code of HTTP: 404, 409, 403, 422, 410 …
     * @param reason as in the API's Status objects: NotFound, Conflict, AlreadyExists, Forbidden, Invalid, Expired …
     */
    public ApiException(int code, String reason, String message) {
        super(message);
        this.code = code;
        this.reason = reason;
    }

    /** Of HTTP. */
    public int code() {
        return code;
    }

    /** As in the API's Status objects. */
    public String reason() {
        return reason;
    }
}
