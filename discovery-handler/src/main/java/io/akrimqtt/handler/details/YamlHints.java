package io.akrimqtt.handler.details;

import java.util.regex.Pattern;

/** What usually is meant where YAML does not allow what was written. */
final class YamlHints {

    /** Topic filters do not begin with an asterisk, but people who know shells try. */
    static final String ALIAS = "; text that begins with * in quotes";

    private static final Pattern OPEN_BRACE = Pattern.compile("(^|[\\s\\[,:-])\\{[A-Za-z_][A-Za-z0-9_]*}\\S");

    private YamlHints() {}

    /**
     * What to write instead.
     *
     * @param line from 0: where the parser gave up
     */
    static String hint(String text, int line) {
        var lines = text.lines().skip(Math.max(0, line - 1L)).limit(2).toList();
        if (lines.stream().anyMatch(each -> OPEN_BRACE.matcher(each).find())) {
            return "quotes around text that begins with a brace, for example \"{device}/status\"";
        }
        if (lines.stream().anyMatch(each -> each.matches("\\s*\\t.*"))) {
            return "spaces, not tabs, at the start of a line";
        }
        return "YAML, for example 'serverUrls: [tcp://host:1883]'";
    }
}
