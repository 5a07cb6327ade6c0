package io.akrimqtt.cli.inspect;

/** Why a run, or a device in it, cannot be looked at. */
public final class InspectException extends Exception {

    private static final long serialVersionUID = 1L;

    /** What the reader can do something about. */
    public enum Kind {
        /** There is no run. */
        NO_RUN,
        /** There is no such device, more than one, or it has no running workload. */
        NO_DEVICE,
        /** A program does not answer, or says that it cannot. */
        FAILED
    }

    private final Kind kind;

    /** A sentence for people, without secrets. */
    public InspectException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
