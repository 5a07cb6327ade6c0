package io.akrimqtt.handler.report;

import java.util.Map;
import java.util.Set;

/**
 * What of one watch this node reports.
 *
 * @param inherited devices that were reported before our time
 */
record Share(Allotment allotment, String watch, Set<String> inherited) {

    /** All of it. */
    static final Share WHOLE = new Share(Allotment.EVERYTHING, "", Set.of());

    boolean owns(String device) {
        return allotment.owns(watch, device);
    }

    boolean mayDrop(String device) {
        return allotment.mayDrop(watch, device);
    }

    Map<String, String> held() {
        return allotment.held(watch);
    }
}
