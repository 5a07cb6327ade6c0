package io.akrimqtt.handler.report;

/**
 * Which devices this node reports. A listed device is reported where this node owns it; one that is reported stays until it may be
 * dropped, whatever its presence, since an agent that is refused a deletion holds up all later devices. Immutable, thread-safe,
 * never blocks.
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
}
