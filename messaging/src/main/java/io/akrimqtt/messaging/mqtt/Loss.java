package io.akrimqtt.messaging.mqtt;

/**
 * Why a connection ended, or an attempt failed.
 *
 * @param text one sentence for people, without secrets
 * @param cause which of the reasons that we treat differently
 */
record Loss(String text, Cause cause) {

    /** What can be done about it. */
    enum Cause {
        /** Nobody's fault: try again. */
        USUAL,
        /** The connection broke, as it also does where a server closes it before it has read everything. */
        BROKEN,
        /** The server closed the connection without giving a reason. */
        CLOSED_BY_SERVER,
        /** The server said that a packet of ours was larger than it takes. */
        TOO_LARGE,
        /** The server's certificate is not trusted. */
        UNTRUSTED,
        /** The server said no to who we are. */
        REFUSED,
        /** The server said that another client has our client id. */
        TAKEN_OVER,
        /** The server does not speak this version of MQTT. */
        VERSION,
        /** The server closed the connection before it answered; perhaps it does not speak this version of MQTT. */
        CLOSED_EARLY,
        /** The server sent what MQTT does not allow. */
        MALFORMED
    }
}
