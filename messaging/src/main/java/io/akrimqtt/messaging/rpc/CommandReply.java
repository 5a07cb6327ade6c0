package io.akrimqtt.messaging.rpc;

/**
 * What a device answers.
 *
 * @param status as HTTP's, 200 to 599
 * @param text words for people, or empty; travels on MQTT 5 only
 */
public record CommandReply(int status, Payload payload, String text) {

    /** @throws IllegalArgumentException where the status is none */
    public CommandReply {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("status: " + status + " (expected: 200 to 599)");
        }
    }

    /** Done. */
    public static CommandReply ok(Payload payload) {
        return new CommandReply(200, payload, "");
    }

    /** Not done. */
    public static CommandReply failed(int status, String text) {
        return new CommandReply(status, Payload.EMPTY, text);
    }
}
