package io.akrimqtt.handler.caretaker;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the caretaker decided. A device is in the next report iff it is listed and owned, or was reported and is not droppable.
 *
 * @param actions to carry out in this order; those that are no writes need no outcome
 * @param everything every device is owned and every one may be dropped; the next two are empty then
 * @param owned by name of the watch, the devices that this node is to report (a watch that is not named owns none)
 * @param droppable by name of the watch, the devices that may leave the report
 * @param hold watches whose first list on a stream had better wait, 1 s at most: something must be known or written before
 * @param notices sentences for the log; each is said once
 * @param wakeAt when the next turn is wanted at the latest
 */
public record Turn(
        List<Action> actions,
        boolean everything,
        Map<String, Set<String>> owned,
        Map<String, Set<String>> droppable,
        Set<String> hold,
        List<String> notices,
        Instant wakeAt) {
    public Turn {
        actions = List.copyOf(actions);
        owned = Map.copyOf(owned);
        droppable = Map.copyOf(droppable);
        hold = Set.copyOf(hold);
        notices = List.copyOf(notices);
    }
}
