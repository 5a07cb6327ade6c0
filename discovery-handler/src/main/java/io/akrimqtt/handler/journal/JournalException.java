package io.akrimqtt.handler.journal;

/** The store cannot be used; the text says why, for people. */
final class JournalException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why. */
    enum Kind {
        /** Another process has it. */
        LOCKED,
        /** What is in it cannot be read. */
        UNREADABLE,
        /** It cannot be written: full, read-only, no such directory. */
        UNUSABLE
    }

    private final Kind kind;
    private final String text;

    JournalException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.text = message;
    }

    JournalException(Kind kind, String message) {
        super(message);
        this.kind = kind;
        this.text = message;
    }

    String text() {
        return text;
    }

    Kind kind() {
        return kind;
    }
}
