package io.akrimqtt.cli.explain;

import io.akrimqtt.cli.output.Printable;

/**
 * The rules of presence, one sentence each, and where they stand. A test keeps the places true.
 *
 * <p>What a handler tells may be newer than this program: evidence that is not known here leads to {@link #EVIDENCE}.
 */
public enum Rule {
    WORD("a status word that comes live counts as what it says", Section.EVIDENCE, ""),
    RETAINED("a retained status counts as what it says, and wins over what had been queued", Section.EVIDENCE, ""),
    ACTIVITY("any message of the device that comes live shows that it is there", Section.EVIDENCE, ""),
    EXISTS(
            "a message that was retained or queued and is no status shows that the device existed once, no more",
            Section.EVIDENCE,
            ""),
    TAKEN_BACK("an empty retained message where it stated its presence takes a device back", Section.EVIDENCE, ""),
    OFFLINE(
            "an offline word counts once it has stood for the grace and, where it can be, was verified",
            Section.RULES,
            "An offline word must stand for `offlineGrace`"),
    SILENCE("a device that has been silent for longer than it may is offline", Section.RULES, "Silence"),
    SLEEPING("a device that said that it sleeps stays listed", Section.RULES, "A sleeping device stays listed"),
    SERVER(
            "an MQTT server that is, or was, away proves nothing about devices: they are held, and doubted later",
            Section.RULES,
            "A lost MQTT server holds everything"),
    GATEWAY(
            "a device behind a gateway that is offline is offline with it",
            Section.RULES,
            "A gateway speaks for the devices behind it"),
    FLAPPING(
            "a device that comes and goes too often is kept listed until it is stable",
            Section.RULES,
            "A device that comes and goes too often stays listed"),
    EVIDENCE("devices are listed, and taken off the list, on evidence only", Section.EVIDENCE, "");

    /** Headings of docs/presence.md. */
    private static final class Section {
        private static final String EVIDENCE = "What counts as evidence";
        private static final String RULES = "The rules";
    }

    private final String sentence;
    private final String heading;
    private final String title;

    Rule(String sentence, String heading, String title) {
        this.sentence = sentence;
        this.heading = heading;
        this.title = title;
    }

    /**
     * The rule that decided.
     *
     * @param presence online, sleeping, offline or unknown
     * @param evidence the kind, as the handler's API spells it
     */
    public static Rule of(String presence, String evidence) {
        return switch (evidence) {
            case "status" ->
                switch (presence) {
                    case "offline" -> OFFLINE;
                    case "sleeping" -> SLEEPING;
                    default -> WORD;
                };
            case "retained-status" -> RETAINED;
            case "activity" -> ACTIVITY;
            case "exists" -> EXISTS;
            case "silence" -> SILENCE;
            case "removed" -> TAKEN_BACK;
            case "server" -> SERVER;
            case "gateway" -> GATEWAY;
            default -> EVIDENCE;
        };
    }

    public String sentence() {
        return sentence;
    }

    /** The heading in docs/presence.md. */
    String heading() {
        return heading;
    }

    /** How the rule begins there, or empty where the heading is all that can be told. */
    String title() {
        return title;
    }

    /** Where to read on. */
    public String section() {
        return "docs/presence.md, " + heading + (title.isEmpty() ? "" : ": " + title.replace("`", ""));
    }

    /** Why a device is listed or not, in a sentence. */
    public static String listing(String presence, boolean listed, boolean flapping) {
        var state = Printable.of(presence);
        if (listed && flapping) {
            return "it came and went too often of late, and is kept listed until it is stable";
        }
        if (listed) {
            return state.equals("unknown")
                    ? "it was listed before, and nothing proves that it is gone"
                    : "it is " + state;
        }
        return switch (state) {
            case "offline" -> "it is offline";
            case "unknown" -> "nothing proves that it is there now";
            default -> "the Configuration lists no devices that are " + state;
        };
    }
}
