package io.akrimqtt.cli.output;

import static io.akrimqtt.cli.output.Field.*;

import java.util.List;

/**
 * What can be told, and with which fields. With {@code --output json} each event is one line, one JSON object:
 * {@code time} (ISO-8601, UTC, milliseconds), {@code event} (the name below), then those of the listed fields that have a
 * value. Numbers are JSON numbers, truths are JSON booleans, all else is text.
 *
 * <p>A promise to programs: events and fields may be added, none is renamed, retyped or taken away. Readers skip what they
 * do not know. {@code akri-mqtt help json} prints this list.
 */
public enum EventType {
    RUN_STARTED("run.started", "a local run has begun", DIRECTORY, URL, TEXT),
    CLUSTER_STARTED("cluster.started", "the local cluster's API server answers", FILE, GUARD, TEXT),
    API_WRITES(
            "api.writes", "what one identity wrote to the local cluster's API server in this run", USER, COUNT, TEXT),
    RUN_STOPPED("run.stopped", "a local run has ended, all of its processes too", DIRECTORY, TEXT),
    CONFIGURATION_APPLIED("configuration.applied", "the local agent works on a Configuration", CONFIGURATION, TEXT),
    CONFIGURATION_IGNORED("configuration.ignored", "nothing here serves a Configuration", CONFIGURATION, TEXT),
    CONFIGURATION_PROBLEM(
            "configuration.problem", "discovery for a Configuration failed, and is tried again", CONFIGURATION, TEXT),
    PROGRAM_STARTED("program.started", "a program of the run, workloads apart, has started", PROGRAM, PID, TEXT),
    PROGRAM_ENDED("program.ended", "a program of the run, workloads apart, has ended", PROGRAM, PID, TEXT),

    DEVICE_ONLINE("device.online", "a device is there", DEVICE, DEVICE_ID, INSTANCE, EVIDENCE, TOPIC, TEXT),
    DEVICE_SLEEPING(
            "device.sleeping", "a device said that it sleeps", DEVICE, DEVICE_ID, INSTANCE, EVIDENCE, TOPIC, TEXT),
    DEVICE_OFFLINE("device.offline", "a device is gone", DEVICE, DEVICE_ID, INSTANCE, EVIDENCE, TOPIC, TEXT),
    DEVICE_UNKNOWN(
            "device.unknown",
            "nothing proves that a device is there",
            DEVICE,
            DEVICE_ID,
            INSTANCE,
            EVIDENCE,
            TOPIC,
            TEXT),
    DEVICE_FORGOTTEN("device.forgotten", "the handler no longer knows a device", DEVICE, DEVICE_ID),

    INSTANCE_CREATED("instance.created", "a device has become an Instance", DEVICE, DEVICE_ID, INSTANCE, CONFIGURATION),
    INSTANCE_DELETED("instance.deleted", "an Instance is gone", DEVICE, DEVICE_ID, INSTANCE, CONFIGURATION, TEXT),

    WORKLOAD_STARTING(
            "workload.starting", "the process of a workload is being started", DEVICE, DEVICE_ID, INSTANCE, PID),
    WORKLOAD_RUNNING("workload.running", "a workload is ready", DEVICE, DEVICE_ID, INSTANCE, PID),
    WORKLOAD_UNREADY(
            "workload.unready", "a workload runs and says that it is not ready", DEVICE, DEVICE_ID, INSTANCE, PID),
    WORKLOAD_REFUSED("workload.refused", "a workload cannot be started as it is", DEVICE, DEVICE_ID, INSTANCE, TEXT),
    WORKLOAD_WAITING(
            "workload.waiting", "a workload has ended and will be started again", DEVICE, DEVICE_ID, INSTANCE, TEXT),
    WORKLOAD_GONE("workload.gone", "a workload has ended, as its Instance has", DEVICE, DEVICE_ID, INSTANCE),

    DEVICE_FOUND(
            "device",
            "a device as it is now, printed by get devices, replay and check",
            DEVICE,
            DEVICE_ID,
            PRESENCE,
            LISTED,
            FLAPPING,
            EVIDENCE,
            TOPIC,
            TEXT,
            INSTANCE,
            WORKLOAD,
            PID,
            CONFIGURATION,
            GROUP,
            MEMBERS,
            MEMBERS_LISTED,
            NAMESPACE,
            NODE,
            POD),
    TELEMETRY_MESSAGE(
            "telemetry.message",
            "a device has published something",
            DEVICE,
            INSTANCE,
            TOPIC,
            PAYLOAD,
            PAYLOAD_HEX,
            PAYLOAD_BASE64,
            CONTENT_TYPE,
            TYPE_HINT,
            USER_PROPERTIES,
            RETAINED,
            QOS,
            CURSOR,
            EPOCH,
            RECEIVED,
            CONFLATED),
    TELEMETRY_GAP(
            "telemetry.gap",
            "this reader has missed messages, or may have",
            DEVICE,
            INSTANCE,
            FIRST_CURSOR,
            LAST_CURSOR,
            EPOCH,
            GAP_REASON,
            MISSED,
            TEXT),
    LOG_LINE("log.line", "a line of a workload's log", DEVICE, INSTANCE, TEXT),
    COMMAND_PROGRESS(
            "command.progress",
            "a command has a new state, not its last",
            DEVICE,
            INSTANCE,
            MEMBER,
            COMMAND,
            COMMAND_ID,
            STATE,
            TEXT),
    COMMAND_FINISHED(
            "command.finished",
            "a command has its last state",
            DEVICE,
            INSTANCE,
            MEMBER,
            COMMAND,
            COMMAND_ID,
            STATE,
            STATUS,
            ORIGIN,
            RETRYABLE,
            PAYLOAD,
            PAYLOAD_HEX,
            CONTENT_TYPE,
            TEXT),

    SERVER_CONNECTED("server.connected", "an MQTT server accepted a connection of a tool", URL, TEXT),
    SERVER_AWAY("server.away", "an MQTT server does not accept, or has ended, a connection of a tool", URL, TEXT),
    MESSAGES_IGNORED(
            "messages.ignored",
            "messages that were not taken into account, by cause",
            CAUSE,
            COUNT,
            TEXT,
            CONFIGURATION),
    RECORDING_STARTED("recording.started", "a recording has begun", CONFIGURATION, FILE, TEXT),
    RECORDING_FINISHED("recording.finished", "a recording has ended", FILE, MESSAGES, BYTES, REASON, TEXT),
    REPLAY_FINISHED("replay.finished", "all of a recording was replayed", CONFIGURATION, MESSAGES, DEVICES, TEXT),

    CHECK_FINDING(
            "check.finding",
            "something that a file's writer should know",
            SEVERITY,
            FILE,
            LINE,
            COLUMN,
            PATH,
            FOUND,
            EXPECTED),
    CHECK_FINISHED("check.finished", "all files have been read", ERRORS, WARNINGS),
    EXPLAIN_MATCH(
            "explain.match",
            "a message would belong to a device",
            CONFIGURATION,
            FILTER,
            DEVICE,
            DEVICE_ID,
            PRESENCE,
            EVIDENCE,
            TOPIC,
            TEXT,
            GROUP),
    EXPLAIN_NONE("explain.none", "a message would belong to no device", CONFIGURATION, TOPIC, TEXT),
    EXPLAIN_DEVICE(
            "explain.device",
            "what a handler believes of a device, and why",
            DEVICE,
            DEVICE_ID,
            PRESENCE,
            SINCE,
            EVIDENCE,
            TOPIC,
            AT,
            TEXT,
            LISTED,
            FLAPPING,
            REASON,
            RULE,
            SECTION,
            WATCH,
            INSTANCE_HASH,
            GROUP,
            MEMBERS,
            MEMBERS_LISTED),
    EXPLAIN_SERVER("explain.server", "an MQTT server that a device is watched at", URL, CONNECTED, WATCH, TEXT),
    EXPLAIN_TRANSITION(
            "explain.transition",
            "a change of what a handler believed of a device, oldest first",
            DEVICE,
            DEVICE_ID,
            FROM,
            PRESENCE,
            EVIDENCE,
            TOPIC,
            AT,
            TEXT),

    REBALANCE_NODE("rebalance.node", "a node before moves are made", NODE, DEVICES, PLANNED),
    REBALANCE_MOVE("rebalance.move", "a move that is worth while", DEVICE_ID, INSTANCE, FROM_NODE, TO_NODE),
    REBALANCE_STEP("rebalance.step", "a move goes on, or has ended", DEVICE_ID, INSTANCE, FROM_NODE, NODE, STEP, TEXT),
    REBALANCE_FINISHED("rebalance.finished", "no further move is made", MOVES, ARRIVED, TEXT);

    private final String name;
    private final String meaning;

    @SuppressWarnings("ImmutableEnumChecker") // List.of makes one that nobody can change.
    private final List<Field> fields;

    EventType(String name, String meaning, Field... fields) {
        this.name = name;
        this.meaning = meaning;
        this.fields = List.of(fields);
    }

    /** As it stands in JSON. */
    public String eventName() {
        return name;
    }

    /** One line for people. */
    public String meaning() {
        return meaning;
    }

    /** Which fields it may have, in the order in which they are written. */
    public List<Field> fields() {
        return fields;
    }
}
