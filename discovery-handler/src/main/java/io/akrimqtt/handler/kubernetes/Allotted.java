package io.akrimqtt.handler.kubernetes;

import io.akrimqtt.handler.caretaker.Turn;
import io.akrimqtt.handler.report.Allotment;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A turn of the caretaker, as reports go by it.
 *
 * @param everything every device is owned, and every one may be dropped
 * @param everyNode whether the devices of a watch that the turn did not know are owned
 * @param owned by watch
 * @param droppable by watch
 * @param ids by watch, the devices that have an Instance, with the ids under which those were reported
 * @param known the watches that the turn knew
 * @param decided those of them that need not wait
 * @param sighted whether Instances are seen
 */
record Allotted(
        boolean everything,
        boolean everyNode,
        Map<String, Set<String>> owned,
        Map<String, Set<String>> droppable,
        Map<String, Map<String, String>> ids,
        Set<String> known,
        Set<String> decided,
        boolean sighted)
        implements Allotment {

    /** Before the first turn: first lists wait, and nothing is dropped. */
    static Allotted undecided(boolean everyNode) {
        return new Allotted(false, everyNode, Map.of(), Map.of(), Map.of(), Set.of(), Set.of(), false);
    }

    /** After a turn that knew these watches. */
    Allotted after(Turn turn, Set<String> watches, Map<String, Map<String, String>> held, boolean seen) {
        var ready =
                watches.stream().filter(name -> !turn.hold().contains(name)).collect(Collectors.toUnmodifiableSet());
        return new Allotted(turn.everything(), everyNode, turn.owned(), turn.droppable(), held, watches, ready, seen);
    }

    Allotted {
        owned = Map.copyOf(owned);
        droppable = Map.copyOf(droppable);
        ids = Map.copyOf(ids);
        known = Set.copyOf(known);
        decided = Set.copyOf(decided);
    }

    @Override
    public boolean owns(String watch, String device) {
        return everything
                || (everyNode && !known.contains(watch))
                || owned.getOrDefault(watch, Set.of()).contains(device);
    }

    @Override
    public boolean mayDrop(String watch, String device) {
        return everything || droppable.getOrDefault(watch, Set.of()).contains(device);
    }

    @Override
    public Map<String, String> held(String watch) {
        return ids.getOrDefault(watch, Map.of());
    }

    @Override
    public boolean ready(String watch) {
        return decided.contains(watch);
    }
}
