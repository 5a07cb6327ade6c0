package io.akrimqtt.monitor.api.guard;

/** What strangers chose, for a line of a log: bounded, and on that line alone. */
public final class AuditText {

    private static final int MOST = 128;

    private AuditText() {}

    /** The text with {@code ?} for each character that is not to be seen, cut after 128 characters. */
    public static String of(String text) {
        var shown = text.length() <= MOST ? text : text.substring(0, MOST) + "…";
        var line = new StringBuilder(shown.length());
        shown.codePoints().forEach(c -> line.appendCodePoint(visible(c) ? c : '?'));
        return line.toString();
    }

    private static boolean visible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
