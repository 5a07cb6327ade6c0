package io.akrimqtt.cli.output;

/**
 * A member of an event's JSON object. Names and meanings are kept: fields may be added, none is renamed or used for
 * something else.
 */
public enum Field {
    DEVICE("device", "the device's name: the device level of its topic"),
    DEVICE_ID("deviceId", "the topic up to and including the device level"),
    INSTANCE("instance", "the name of the device's Instance, where it has one"),
    CONFIGURATION("configuration", "the name of the Configuration"),
    PRESENCE("presence", "online, sleeping, offline or unknown"),
    EVIDENCE("evidence", "what kind of message or event decided, for example status, activity, silence"),
    WORKLOAD("workload", "waiting, starting, running, unready, restarting, refused, stopping or none"),
    PID("pid", "the number of the process"),
    PROGRAM("program", "which program: mqtt-server, discovery-handler, simulator"),
    URL("url", "of the MQTT server, without user information"),
    DIRECTORY("directory", "of the run: sockets, logs, state"),
    MEMBER("member", "the device of a group that a command is for: its topic, or what of it follows the group's"),
    COMMAND("command", "the command's name"),
    COMMAND_ID("commandId", "the same in all events of one command"),
    STATE(
            "state",
            "QUEUED, PUBLISHED, ACCEPTED, IN_PROGRESS, SUCCEEDED, FAILED, REJECTED, TIMED_OUT, EXPIRED, CANCELLED"),
    STATUS("status", "HTTP-like number of a command's end"),
    ORIGIN("origin", "who failed: caller, queue, server, device"),
    RETRYABLE("retryable", "true where trying again may help"),
    TOPIC("topic", "the topic of the message"),
    PAYLOAD("payload", "the payload, where it is text"),
    PAYLOAD_HEX("payloadHex", "the payload in hexadecimal, where it is no text"),
    PAYLOAD_BASE64("payloadBase64", "the payload in Base64, where it is no text and that was asked for"),
    CONTENT_TYPE("contentType", "MQTT 5's content type"),
    TYPE_HINT("typeHint", "what the payload is, where no content type says it"),
    USER_PROPERTIES("userProperties", "MQTT 5's user properties: one name=value per line"),
    CONFLATED("conflated", "how many earlier messages of the topic were left out for this one"),
    RETAINED("retained", "true where the MQTT server had kept the message"),
    QOS("qos", "0, 1 or 2"),
    CURSOR("cursor", "rises with each message of a monitoring broker"),
    EPOCH("epoch", "which process of a monitoring broker gave the cursor"),
    RECEIVED("received", "when the monitoring broker got it; ISO-8601, UTC"),
    GAP_REASON(
            "gapReason",
            "overrun, too_large, unknown_cursor, not_held, session_lost or interrupted; docs/telemetry.md tells more"),
    MISSED("missed", "how many messages were missed, where that is known"),
    FIRST_CURSOR("firstCursor", "the first message that was missed"),
    LAST_CURSOR("lastCursor", "the last message that was missed"),
    SEVERITY("severity", "error, warning or note"),
    FILE("file", "the file's name as it was given"),
    LINE("line", "from 1"),
    COLUMN("column", "from 1"),
    PATH("path", "the way to the value inside the document"),
    FOUND("found", "what is there"),
    EXPECTED("expected", "what should be there"),
    ERRORS("errors", "how many errors"),
    WARNINGS("warnings", "how many warnings"),
    FILTER("filter", "the topic filter that matches"),
    FROM("from", "the presence before"),
    SINCE("since", "since when the presence is what it is; ISO-8601, UTC"),
    AT("at", "when the evidence came, by its receiver's clock; ISO-8601, UTC"),
    LISTED("listed", "whether Akri is to have the device"),
    FLAPPING("flapping", "true where it came and went too often of late, and is kept listed for that"),
    REASON("reason", "why it is listed or not, in a sentence"),
    RULE("rule", "the rule that decided, in a sentence"),
    SECTION("section", "where the rule stands in docs/presence.md"),
    WATCH("watch", "which watch of the handler: equal details and credentials"),
    INSTANCE_HASH("instanceHash", "the end of the name of the device's Instance"),
    CONNECTED("connected", "whether the MQTT server is connected"),
    CAUSE("cause", "why messages are not taken into account: one of a small fixed set"),
    COUNT("count", "how many"),
    MESSAGES("messages", "how many messages"),
    BYTES("bytes", "how many bytes"),
    DEVICES("devices", "how many devices"),
    GUARD("guard", "whether agents may delete only what the handler has released"),
    USER("user", "who wrote, by the name that Kubernetes knows"),
    GROUP("group", "the id of the group that Akri has in the device's place"),
    MEMBERS("members", "how many known devices are in a group"),
    MEMBERS_LISTED("membersListed", "how many of them are listed: the group is while one is"),
    NODE("node", "the name of a node; of a device that more than one reports, all of them with commas between"),
    NAMESPACE("namespace", "the namespace of the device's Instance"),
    POD("pod", "the name of the device's pod"),
    FROM_NODE("fromNode", "the node that a device is moved away from"),
    TO_NODE("toNode", "the node that it falls to"),
    PLANNED("planned", "how many devices the node will have"),
    STEP(
            "step",
            "where a move stands: waiting, released, left, arrived, gone, given-up, refused, interrupted, left-alone or not-begun"),
    MOVES("moves", "how many moves"),
    ARRIVED("arrived", "how many of them ended on another node"),
    TEXT("text", "one sentence for people; its words may change");

    private final String key;
    private final String meaning;

    Field(String key, String meaning) {
        this.key = key;
        this.meaning = meaning;
    }

    /** As it stands in JSON. */
    public String key() {
        return key;
    }

    /** One line for people. */
    public String meaning() {
        return meaning;
    }
}
