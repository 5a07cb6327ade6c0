package io.akrimqtt.handler.kubernetes;

import io.akrimqtt.handler.caretaker.Action.Outcome;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusDetails;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What an answer that is none, or a no, means. Pure. */
final class ApiFailure {

    private static final int MAX_TEXT = 300;
    private static final long MAX_RETRY_AFTER = 30;

    private ApiFailure() {}

    /**
     * An API server's no by what can be done about it. A policy's no comes as 403 or 422, with its name in the message; a missing
     * right as 403 with the verb and the resource. 401 is an expired token, which is read anew: as if nobody had answered.
     */
    static Outcome outcome(RuntimeException failure) {
        if (!(failure instanceof KubernetesClientException e)) {
            return Outcome.UNREACHABLE;
        }
        return switch (e.getCode()) {
            case 404, 409, 410, 412 -> Outcome.CONFLICT;
            case 403 -> missingRight(message(e)) ? Outcome.FORBIDDEN : Outcome.REFUSED;
            case 422 -> !byPolicy(message(e)) && anotherObject(message(e)) ? Outcome.CONFLICT : Outcome.REFUSED;
            case 400, 405, 413, 415 -> Outcome.REFUSED;
            default -> Outcome.UNREACHABLE;
        };
    }

    /** {@code … is forbidden: User "…" cannot patch resource "instances" …}, of any authorizer. */
    private static boolean missingRight(String message) {
        return !byPolicy(message) && message.contains("\" cannot ") && message.contains(" resource \"");
    }

    private static boolean byPolicy(String message) {
        return message.contains("ValidatingAdmissionPolicy '")
                || (message.contains("admission webhook \"") && message.contains("denied the request"));
    }

    /** A patch with the UID of an object that was since made anew. */
    private static boolean anotherObject(String message) {
        return message.contains("metadata.uid")
                || message.toLowerCase(Locale.ROOT).contains("precondition");
    }

    /** How long the API server wants to be left alone; zero where it does not say. */
    static Duration retryAfter(RuntimeException failure) {
        @Nullable Status status = failure instanceof KubernetesClientException e ? e.getStatus() : null;
        @Nullable StatusDetails details = status == null ? null : status.getDetails();
        @Nullable Integer seconds = details == null ? null : details.getRetryAfterSeconds();
        return seconds == null || seconds <= 0 ? Duration.ZERO : Duration.ofSeconds(Math.min(seconds, MAX_RETRY_AFTER));
    }

    /** What went wrong, for people, cut, without the address of the call. */
    static String text(RuntimeException failure) {
        if (failure instanceof KubernetesClientException e && e.getCode() > 0) {
            return cut(e.getCode() + " " + message(e));
        }
        @Nullable Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        @Nullable String message = cause.getMessage();
        return cut(message == null ? cause.getClass().getSimpleName() : message);
    }

    private static String message(KubernetesClientException e) {
        @Nullable Status status = e.getStatus();
        @Nullable String message = status == null ? e.getMessage() : status.getMessage();
        return message == null ? "" : message;
    }

    private static String cut(String text) {
        var line = text.replaceAll("\\s+", " ");
        return line.length() <= MAX_TEXT ? line : line.substring(0, MAX_TEXT) + "…";
    }
}
