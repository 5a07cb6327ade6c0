package io.akrimqtt.presence.convention;

/** Why a message, or the statement in it, is not taken into account. */
public enum Ignored {
    /** No device's topic: it came because filters of the MQTT server's clients overlap. */
    NO_DEVICE("no_device"),
    /** The level that should name the device is empty. */
    EMPTY_DEVICE("empty_device_level"),
    /** Something sent to a device, which says nothing of its life. */
    COMMAND("command_topic"),
    /** A device that the details leave out. */
    NOT_WANTED("device_not_wanted"),
    /** Our own traffic. */
    OWN_TOPIC("own_topic"),
    /** A status that is no UTF-8, no JSON where it begins like it, or JSON without the field. */
    MALFORMED_PAYLOAD("malformed_payload"),
    /** A status larger than we read. */
    PAYLOAD_TOO_LARGE("payload_too_large"),
    /** A status in a word that we do not know. */
    UNKNOWN_WORD("unknown_status_word"),
    /** An empty status that was not published retained: nothing was taken back by it. */
    EMPTY_STATUS("empty_status");

    private final String label;

    Ignored(String label) {
        this.label = label;
    }

    /** In the form of a metric's label. */
    public String label() {
        return label;
    }
}
