package io.akrimqtt.serving.log;

import ch.qos.logback.classic.spi.IThrowableProxy;
import org.jspecify.annotations.Nullable;

/** Where an error came from, and its causes: the first frames of each, so that the last cause is not what is cut. */
final class StackText {

    private static final int CAUSES = 5;
    private static final int FRAMES = 12;
    private static final int MESSAGE = 300;

    private StackText() {}

    static String of(IThrowableProxy error) {
        var text = new StringBuilder();
        @Nullable IThrowableProxy each = error;
        for (int i = 0; each != null && i < CAUSES; i++) {
            text.append(i == 0 ? "" : "\nCaused by: ")
                    .append(each.getClassName())
                    .append(": ")
                    .append(cut(String.valueOf(each.getMessage())));
            frames(each, text);
            each = each.getCause();
        }
        return text.toString();
    }

    private static void frames(IThrowableProxy error, StringBuilder text) {
        var frames = error.getStackTraceElementProxyArray();
        for (int i = 0; i < Math.min(FRAMES, frames.length); i++) {
            text.append("\n\t").append(frames[i].getSTEAsString());
        }
        if (frames.length > FRAMES) {
            text.append("\n\t… ").append(frames.length - FRAMES).append(" more");
        }
    }

    private static String cut(String text) {
        return text.length() <= MESSAGE ? text : text.substring(0, MESSAGE) + "…";
    }
}
