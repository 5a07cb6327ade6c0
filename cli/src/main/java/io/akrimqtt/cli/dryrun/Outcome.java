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
 * @param groups what Akri gets in place of devices, in the order of their ids; empty where it gets devices
 * @param ignored how many messages were not taken into account, by cause
 */
public record Outcome(
        boolean settled,
        boolean connected,
        String problem,
        List<String> subscriptionProblems,
        List<Step> devices,
        List<Group> groups,
        SortedMap<String, Long> ignored) {

    public Outcome {
        subscriptionProblems = List.copyOf(subscriptionProblems);
        devices = List.copyOf(devices);
        groups = List.copyOf(groups);
        ignored = Collections.unmodifiableSortedMap(new TreeMap<>(ignored));
    }

    /**
     * A group.
     *
     * @param step the group as a device
     * @param members how many known devices are in it
     * @param listed how many of them are listed
     */
    public record Group(Step step, int members, int listed) {}

    /** How many groups Akri would get. */
    public long groupsListed() {
        return groups.stream().filter(group -> group.listed() > 0).count();
    }

    /** Whether the server is away. */
    public boolean away() {
        return settled && !connected;
    }

    /** How many devices are listed: Akri would get them, or their groups. */
    public long listed() {
        return devices.stream()
                .filter(step -> step.belief() != null && step.belief().listed())
                .count();
    }
}
