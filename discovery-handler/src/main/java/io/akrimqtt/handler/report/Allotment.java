package io.akrimqtt.handler.report;

import io.akrimqtt.handler.cluster.InstanceHash;
import java.util.Map;

/**
 * Which devices this node reports. A listed device is reported where this node owns it; one that is reported stays until it may be
 * dropped, whatever its presence, since an agent that is refused a deletion holds up all later devices. Immutable, thread-safe,
 * never blocks. Equal allotments lead to equal reports, so one that equals the one before changes nothing.
 */
public interface Allotment {

    /** Every device at once, and no device longer than it is listed: without sight of Kubernetes. */
    Allotment EVERYTHING = new Allotment() {
        @Override
        public boolean owns(String watch, String device) {
            return true;
        }

        @Override
        public boolean mayDrop(String watch, String device) {
            return true;
        }
    };

    /**
     * Whether this node is the one to report a device, or one of those.
     *
     * @param watch {@link WatchView#name()}
     * @param device the device's id, not the one it is reported under
     */
    boolean owns(String watch, String device);

    /** Whether a device that is reported here may leave the report, because it was released or nobody guards it. */
    boolean mayDrop(String watch, String device);

    /**
     * The devices whose Instances exist, with the ids under which those were reported: they keep them, on every node. Of two
     * devices that hold one name, the smaller in the order of bytes keeps it.
     *
     * @see InstanceHash#reportedId
     */
    default Map<String, String> held(String watch) {
        return Map.of();
    }

    /** Whether it is worked out who owns what: the first list of a stream waits for that, {@link ReportTimes#settle()} at most. */
    default boolean ready(String watch) {
        return true;
    }

    /** Whether missing Instances are seen, and lists sent again for them: then none is sent again on a schedule. */
    default boolean sighted() {
        return false;
    }
}
