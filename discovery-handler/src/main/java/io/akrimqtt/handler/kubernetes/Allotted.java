package io.akrimqtt.handler.kubernetes;

import io.akrimqtt.handler.caretaker.Turn;
import io.akrimqtt.handler.report.Allotment;
import java.util.Map;
import java.util.Set;

/**
 * A turn of the caretaker, as reports go by it.
 *
 * @param everything every device is owned, and every one may be dropped
 * @param owned by watch
 * @param droppable by watch
 * @param ids by watch, the devices that have an Instance, with the ids under which those were reported
 * @param decided the watches that the turn knew and that need not wait
 * @param sighted whether Instances are seen
 */
record Allotted(
        boolean everything,
        Map<String, Set<String>> owned,
        Map<String, Set<String>> droppable,
        Map<String, Map<String, String>> ids,
        Set<String> decided,
        boolean sighted)
        implements Allotment {

    /** Before the first turn: what is listed, when the wait is over, and nothing is dropped. */
    static final Allotment UNDECIDED = new Allotment() {
        @Override
        public boolean owns(String watch, String device) {
            return true;
        }

        @Override
        public boolean mayDrop(String watch, String device) {
            return false;
        }

        @Override
        public boolean ready(String watch) {
            return false;
        }
    };

    static Allotted of(Turn turn, Set<String> decided, Map<String, Map<String, String>> ids, boolean sighted) {
        return new Allotted(turn.everything(), turn.owned(), turn.droppable(), ids, decided, sighted);
    }

    Allotted {
        owned = Map.copyOf(owned);
        droppable = Map.copyOf(droppable);
        ids = Map.copyOf(ids);
        decided = Set.copyOf(decided);
    }

    @Override
    public boolean owns(String watch, String device) {
        return everything || owned.getOrDefault(watch, Set.of()).contains(device);
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
