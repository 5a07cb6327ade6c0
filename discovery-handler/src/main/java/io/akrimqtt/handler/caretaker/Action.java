package io.akrimqtt.handler.caretaker;

import io.akrimqtt.handler.cluster.ObjectRef;
import java.util.Map;
import java.util.Set;

/**
 * One thing to do. Writes are conditional on what was read ({@link ObjectRef#uid()}, {@link ObjectRef#resourceVersion()} where the
 * type's text says so) and idempotent; each has a reason, one sentence for people.
 */
public sealed interface Action {

    /** A write to the API server; its outcome comes back to the caretaker. */
    sealed interface Write extends Action {

        ObjectRef object();

        String reason();
    }

    /** Lets the agent of this node take the Instance off: an annotation, merge-patched. */
    record Release(ObjectRef object, String node, String reason) implements Write {}

    /** Takes a release off, merge-patched. */
    record TakeReleaseOff(ObjectRef object, String node, String reason) implements Write {}

    /** Annotates a Configuration so that agents look at it at once. */
    record TouchConfiguration(ObjectRef object, String reason) implements Write {}

    /** Annotates an Instance so that its node's agent looks at it at once. */
    record TouchInstance(ObjectRef object, String reason) implements Write {}

    /**
     * Gives a slot to this node in one write: forced server-side apply of the field manager {@code dp-<node>}.
     *
     * @param usage all of {@code deviceUsage} that this node's manager is to hold, the slot among it; with the resourceVersion
     */
    record HandSlotOver(ObjectRef object, String slot, String node, Map<String, String> usage, String reason)
            implements Write {}

    /** Deletes an Instance, with UID and resourceVersion as preconditions. */
    record DeleteInstance(ObjectRef object, String reason) implements Write {}

    /** Takes these finalizers off and leaves the others, conditional on the resourceVersion. */
    record TakeFinalizersOff(ObjectRef object, Set<String> finalizers, String reason) implements Write {}

    /** Takes nodes off {@code spec.nodes} and leaves the others, conditional on the resourceVersion. */
    record TakeNodesOff(ObjectRef object, Set<String> nodes, String reason) implements Write {}

    /** Sets values of {@code brokerProperties} (an empty map leaves them) and the capacity (0 leaves it), merge-patched. */
    record Correct(ObjectRef object, Map<String, String> properties, int capacity, String reason) implements Write {}

    /** Sets the label with the device's name, merge-patched. */
    record LabelDevice(ObjectRef object, String value, String reason) implements Write {}

    /** Tries, as a dry run, to take our own node off an Instance: where that is not refused, the guard is not in force. */
    record ProbeGuard(ObjectRef object, String node, String reason) implements Write {}

    /** Sends a watch's list again, changed or not. */
    record SendAgain(String watch, String reason) implements Action {}

    /** Ends the streams of a watch, so that the agent asks anew, with the details and credentials of now. */
    record EndStreams(String watch, String reason) implements Action {}

    /** Adopts what was reported before our time: presence unknown until there is evidence. */
    record Adopt(String watch, Set<String> devices, String reason) implements Action {}

    /** Tells people, as a Kubernetes Event on an object; repetitions are the adapter's to fold. */
    record Tell(ObjectRef object, Kind kind, boolean warning, String text) implements Action {

        /** {@code reason} of the Event, in the API's form. */
        public enum Kind {
            SERVER_UNREACHABLE("MqttServerUnreachable"),
            SERVER_BACK("MqttServerBack"),
            BAD_DETAILS("BadDiscoveryDetails"),
            COLLISION("DeviceNameCollision"),
            DEVICES_REFUSED("DevicesRefused"),
            CREDENTIALS_MISSING("CredentialsMissing"),
            CREDENTIALS_REFUSED("CredentialsRefused"),
            GUARD_MISSING("GuardMissing"),
            DELETION_REFUSED("DeletionRefused"),
            EDIT_WITHOUT_EFFECT("EditWithoutEffect"),
            MENDED("Mended");

            private final String reason;

            Kind(String reason) {
                this.reason = reason;
            }

            /** In the API's form. */
            public String reason() {
                return reason;
            }
        }
    }

    /** What became of a write. */
    enum Outcome {
        DONE,
        /** The API server or an admission policy said no. */
        REFUSED,
        /** The object is not what was read any more, or gone: look again. */
        CONFLICT,
        /** The API server did not answer. */
        UNREACHABLE,
        /** We lack the right. */
        FORBIDDEN
    }
}
