package io.akrimqtt.monitor.access;

import java.util.List;

/** What callers may do: what any rule allows. The rules may be renewed as a whole while calls ask. Thread-safe. */
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

    private volatile List<Rule> rules;

    AccessRules(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    /**
     * Puts others in the place of these; calls from then on are asked by them.
     *
     * @throws IllegalStateException where there is no file: everybody may everything
     */
    public void renew(AccessRules newer) {
        if (this == OPEN) {
            throw new IllegalStateException("rules: there are none to renew (expected: those of a file)");
        }
        rules = newer.rules;
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
