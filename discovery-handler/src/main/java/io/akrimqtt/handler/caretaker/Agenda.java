package io.akrimqtt.handler.caretaker;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What comes together in one turn. */
final class Agenda {

    private final List<Action> actions = new ArrayList<>();
    private final Map<String, Set<String>> owned = new HashMap<>();
    private final Map<String, Set<String>> droppable = new HashMap<>();
    private final Set<String> hold = new HashSet<>();
    private final List<String> notices = new ArrayList<>();
    private Instant wakeAt;

    Agenda(Instant latest) {
        this.wakeAt = latest;
    }

    void act(Action action) {
        actions.add(action);
    }

    void wake(Instant at) {
        if (at.isBefore(wakeAt)) {
            wakeAt = at;
        }
    }

    void own(String watch, String device) {
        owned.computeIfAbsent(watch, _ -> new HashSet<>()).add(device);
    }

    void mayDrop(String watch, String device) {
        droppable.computeIfAbsent(watch, _ -> new HashSet<>()).add(device);
    }

    void hold(String watch) {
        hold.add(watch);
    }

    void notice(String sentence) {
        notices.add(sentence);
    }

    List<Action> actions() {
        return actions;
    }

    Turn turn() {
        return new Turn(actions, false, owned, droppable, hold, notices, wakeAt);
    }
}
