package io.akrimqtt.messaging.rpc;

import java.util.Locale;
import java.util.Set;

/** Does a command, on a virtual thread of its own; may block until the request's timeout, when it is interrupted. */
@FunctionalInterface
public interface CommandHandler {

    /** What it throws is answered with status 500. */
    CommandReply handle(CommandRequest request) throws Exception;

    /** The same, for handlers that tell how far they are. */
    default CommandReply handle(CommandRequest request, CommandProgress progress) throws Exception {
        return handle(request);
    }

    /** Does a command and tells how far it is. */
    @FunctionalInterface
    interface Reporting {
        CommandReply handle(CommandRequest request, CommandProgress progress) throws Exception;
    }

    /** A handler that tells how far it is. */
    static CommandHandler reporting(Reporting handler) {
        return new CommandHandler() {
            @Override
            public CommandReply handle(CommandRequest request) throws Exception {
                return handler.handle(request, NoProgress.INSTANCE);
            }

            @Override
            public CommandReply handle(CommandRequest request, CommandProgress progress) throws Exception {
                return handler.handle(request, progress);
            }
        };
    }

    /**
     * A handler that takes some content types only; what has another one is answered with 415. What tells none, as on MQTT 3.1.1,
     * is let through.
     *
     * @param contentTypes MIME types without parameters, in lower case
     */
    static CommandHandler accepting(Set<String> contentTypes, CommandHandler handler) {
        var known = Set.copyOf(contentTypes);
        return reporting((request, progress) -> {
            var type = request.payload().contentType().orElse("");
            var name = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
            return type.isEmpty() || known.contains(name) ? handler.handle(request, progress) : throwing(type, known);
        });
    }

    private static CommandReply throwing(String type, Set<String> known) throws WrongContentTypeException {
        throw new WrongContentTypeException(type, known);
    }
}
