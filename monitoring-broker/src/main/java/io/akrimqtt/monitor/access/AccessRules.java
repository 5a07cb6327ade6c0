package io.akrimqtt.monitor.access;

import java.util.List;

/** What callers may do: what any rule allows. Immutable. */
public final class AccessRules {

    /** Everybody may everything: for loopback. */
    public static final AccessRules OPEN = new AccessRules(List.of(new Rule("*", List.of("*"), true)));

    /**
     * One rule.
     *
     * @param caller a title, with {@code *} for any characters
     * @param commands names, with {@code *} for any characters
     * @param read whether telemetry, the device and all commands may be looked at
     */
    record Rule(String caller, List<String> commands, boolean read) {

        Rule {
            commands = List.copyOf(commands);
        }

        boolean covers(Caller who) {
            return who.titles().stream().anyMatch(title -> Pattern.matches(caller, title));
        }
    }

    private final List<Rule> rules;

    AccessRules(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    /** Whether somebody may send a command, follow it and take it back. */
    public boolean mayCommand(Caller caller, String command) {
        return rules.stream()
                .filter(rule -> rule.covers(caller))
                .anyMatch(rule -> rule.commands().stream().anyMatch(pattern -> Pattern.matches(pattern, command)));
    }

    /** Whether somebody may look at telemetry, the device and all commands. */
    public boolean mayRead(Caller caller) {
        return rules.stream().anyMatch(rule -> rule.read() && rule.covers(caller));
    }

    /** Whether there is anything that somebody may do. */
    public boolean knows(Caller caller) {
        return rules.stream().anyMatch(rule -> rule.covers(caller));
    }

    int size() {
        return rules.size();
    }
}
