package io.akrimqtt.handler.report;

import java.util.Map;
import java.util.Set;

/** What a test allots, the same for each watch. */
record TestAllotment(
        Set<String> owned, Set<String> droppable, Map<String, String> holding, boolean worked, boolean sighted)
        implements Allotment {

    static TestAllotment of(Set<String> owned, Set<String> droppable) {
        return new TestAllotment(owned, droppable, Map.of(), true, true);
    }

    static TestAllotment holding(Set<String> owned, Map<String, String> held) {
        return new TestAllotment(owned, owned, held, true, true);
    }

    @Override
    public boolean owns(String watch, String device) {
        return owned.contains(device);
    }

    @Override
    public boolean mayDrop(String watch, String device) {
        return droppable.contains(device);
    }

    @Override
    public Map<String, String> held(String watch) {
        return holding;
    }

    @Override
    public boolean ready(String watch) {
        return worked;
    }
}
