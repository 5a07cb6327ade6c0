package io.akrimqtt.messaging.trace;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/** The rules of {@code tracestate}: a list of members {@code key=value} that is passed on as it is, or not at all. */
final class TraceState {

    /** As many members as there may be. */
    private static final int MEMBERS = 32;

    /** So much is passed on; more is cut down member by member. */
    static final int LONGEST = 512;

    /** Members longer than this go first where there is too much. */
    private static final int LONG_MEMBER = 128;

    /** More is not even looked at: 32 members of the longest key and value that there may be. */
    private static final int LONGEST_READ = 20_000;

    private static final Pattern KEY =
            Pattern.compile("[a-z][_0-9a-z*/-]{0,255}|[a-z0-9][_0-9a-z*/-]{0,240}@[a-z][_0-9a-z*/-]{0,13}");

    /** Printable ASCII but for comma and equals sign; does not end with a space. */
    private static final Pattern VALUE = Pattern.compile("[ -+\\--<>-~]{0,255}[!-+\\--<>-~]");

    private TraceState() {}

    /** The list without what may be left out; empty where it breaks a rule. */
    static String sound(String text) {
        if (text.isEmpty() || text.length() > LONGEST_READ) {
            return "";
        }
        var keys = new HashSet<String>();
        var members = new ArrayList<String>();
        for (var piece : text.split(",", -1)) {
            var member = stripSpace(piece);
            if (member.isEmpty()) {
                continue;
            }
            int equals = member.indexOf('=');
            if (equals < 0
                    || !KEY.matcher(member.substring(0, equals)).matches()
                    || !VALUE.matcher(member.substring(equals + 1)).matches()
                    || !keys.add(member.substring(0, equals))
                    || members.size() == MEMBERS) {
                return "";
            }
            members.add(member);
        }
        return cut(members);
    }

    /** Optional white space is a space or a tab; in front of a value a space belongs to it. */
    private static String stripSpace(String piece) {
        int from = 0;
        int to = piece.length();
        while (from < to && isSpace(piece.charAt(from))) {
            from++;
        }
        while (to > from && isSpace(piece.charAt(to - 1))) {
            to--;
        }
        return piece.substring(from, to);
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }

    /** Long members first, then from the end, which is the oldest. */
    private static String cut(List<String> members) {
        var left = String.join(",", members);
        if (left.length() > LONGEST) {
            members.removeIf(member -> member.length() > LONG_MEMBER);
            left = String.join(",", members);
        }
        while (left.length() > LONGEST) {
            members.removeLast();
            left = String.join(",", members);
        }
        return left;
    }
}
