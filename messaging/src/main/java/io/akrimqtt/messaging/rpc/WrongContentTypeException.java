package io.akrimqtt.messaging.rpc;

import java.util.Set;
import java.util.TreeSet;

/** A handler does not take what came; becomes an answer with status 415. */
final class WrongContentTypeException extends Exception {

    private static final long serialVersionUID = 1L;
    private static final int QUOTED = 80;

    private final String type;

    WrongContentTypeException(String type, Set<String> known) {
        super("content type: '" + type.substring(0, Math.min(QUOTED, type.length())) + "' (expected: one of "
                + new TreeSet<>(known) + ")");
        this.type = type;
    }

    Response response() {
        return Response.refused(415, String.valueOf(getMessage()), "Content Type", type);
    }
}
