package io.akrimqtt.cli.dryrun;

import io.akrimqtt.cli.replay.Step;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a dry run knows.
 *
 * @param settled the server was read, or found to be away
 * @param problem why it is not connected, or empty
 * @param subscriptionProblems what the server refused
 * @param devices in the order of their ids
 * @param ignored how many messages were not taken into account, by cause
 */
public record Outcome(
        boolean settled,
        boolean connected,
        String problem,
        List<String> subscriptionProblems,
        List<Step> devices,
        SortedMap<String, Long> ignored) {

    public Outcome {
        subscriptionProblems = List.copyOf(subscriptionProblems);
        devices = List.copyOf(devices);
        ignored = Collections.unmodifiableSortedMap(new TreeMap<>(ignored));
    }

    /** Whether the server is away. */
    public boolean away() {
        return settled && !connected;
    }

    /** How many devices Akri would get. */
    public long listed() {
        return devices.stream()
                .filter(step -> step.belief() != null && step.belief().listed())
                .count();
    }
}
