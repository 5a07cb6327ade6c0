package io.akrimqtt.helm.admission;

/**
 * What became of a request.
 *
 * @param policy the first one that refused; empty where none did
 * @param reason of the refusal, as in the status of the answer; empty where there is none
 * @param message why
 */
public record Verdict(boolean allowed, String policy, String reason, String message) {

    static final Verdict ALLOWED = new Verdict(true, "", "", "");

    static Verdict refused(String policy, String reason, String message) {
        return new Verdict(false, policy, reason, message);
    }
}
