package io.akrimqtt.cli.inspect;

import io.akrimqtt.cli.access.UnreachableException;
import io.akrimqtt.cli.access.Workload;
import io.akrimqtt.cli.access.WorkloadConnection;
import io.akrimqtt.cli.inspect.InspectException.Kind;
import io.grpc.StatusRuntimeException;

/** Calls to workloads, and what went wrong with them, in a sentence. */
final class Calls {

    private Calls() {}

    /** Opens a workload's API, to be closed after use. */
    static WorkloadConnection open(Workload workload) throws InspectException {
        try {
            return workload.connect();
        } catch (UnreachableException e) {
            throw new InspectException(
                    Kind.FAILED, "the workload " + workload.instance() + " cannot be reached: " + e.getMessage());
        }
    }

    static String sentence(Workload workload, StatusRuntimeException e) {
        var description = e.getStatus().getDescription();
        var who = "the workload " + workload.instance();
        var why = description == null ? "" : ": " + description;
        return switch (e.getStatus().getCode()) {
            case UNAVAILABLE ->
                who + " does not answer" + cause(e) + (workload.hint().isEmpty() ? "" : "; " + workload.hint());
            case DEADLINE_EXCEEDED -> who + " did not answer in time";
            case CANCELLED -> "the call to " + who + " was cancelled";
            case INVALID_ARGUMENT, FAILED_PRECONDITION, RESOURCE_EXHAUSTED, NOT_FOUND, OUT_OF_RANGE ->
                who + " refuses" + why;
            case PERMISSION_DENIED -> who + " does not allow it" + why;
            case UNAUTHENTICATED ->
                who + " does not know you" + why + " (expected: --cert and --key, or a token in AKRI_MQTT_TOKEN)";
            case OK, UNKNOWN, ALREADY_EXISTS, ABORTED, UNIMPLEMENTED, INTERNAL, DATA_LOSS ->
                who + " answers " + e.getStatus().getCode() + why;
        };
    }

    /** What the network or TLS says, which stands innermost; else what the workload says. */
    private static String cause(StatusRuntimeException e) {
        Throwable inner = e;
        while (inner.getCause() != null) {
            inner = inner.getCause();
        }
        var text = inner.equals(e) ? e.getStatus().getDescription() : inner.getMessage();
        var otherwise = inner.equals(e) ? "" : ": " + inner.getClass().getSimpleName();
        return text == null || text.isBlank()
                ? otherwise
                : ": " + text.lines().findFirst().orElse("");
    }
}
