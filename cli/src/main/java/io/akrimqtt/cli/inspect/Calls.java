package io.akrimqtt.cli.inspect;

import io.akrimqtt.cli.process.InstanceState;
import io.grpc.StatusRuntimeException;

/** What went wrong with a call to a workload, in a sentence. */
final class Calls {

    private Calls() {}

    static String sentence(InstanceState instance, StatusRuntimeException e) {
        var description = e.getStatus().getDescription();
        var who = "the workload " + instance.instance();
        return switch (e.getStatus().getCode()) {
            case UNAVAILABLE -> who + " does not answer; 'akri-mqtt logs " + instance.instance() + "' may tell why";
            case DEADLINE_EXCEEDED -> who + " did not answer in time";
            case CANCELLED -> "the call to " + who + " was cancelled";
            case INVALID_ARGUMENT, FAILED_PRECONDITION, RESOURCE_EXHAUSTED, NOT_FOUND, OUT_OF_RANGE ->
                who + " refuses: " + description;
            case OK,
                    UNKNOWN,
                    ALREADY_EXISTS,
                    PERMISSION_DENIED,
                    ABORTED,
                    UNIMPLEMENTED,
                    INTERNAL,
                    DATA_LOSS,
                    UNAUTHENTICATED ->
                who + " answers " + e.getStatus().getCode() + (description == null ? "" : ": " + description);
        };
    }
}
