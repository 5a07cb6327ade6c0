package io.akrimqtt.cli.local;

import io.akrimqtt.cli.output.Event;
import io.akrimqtt.cli.output.Field;
import io.akrimqtt.cli.output.Table;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is known of each device of a run, from the events alone. Confined to its loop. */
final class Picture {

    private static final List<String> HEADINGS = List.of("DEVICE", "PRESENCE", "INSTANCE", "WORKLOAD", "WHY");

    private final Map<String, Row> rows = new TreeMap<>();
    private final Map<String, String> instances = new HashMap<>();

    private record Row(String device, String presence, String instance, String workload, String why) {

        static final Row EMPTY = new Row("", "", "-", "-", "");

        Row named(String name) {
            return name.isEmpty() ? this : new Row(name, presence, instance, workload, why);
        }

        Row now(String state, String text) {
            return new Row(device, state, instance, workload, text);
        }

        Row workload(String name, String state) {
            return new Row(device, presence, name, state, why);
        }
    }

    /** Takes an event; those that tell nothing of a device change nothing. */
    void on(Event event) {
        var id = event.text(Field.DEVICE_ID);
        if (id.isEmpty()) {
            return;
        }
        var row = rows.getOrDefault(id, Row.EMPTY).named(event.text(Field.DEVICE));
        var instance = event.text(Field.INSTANCE);
        if (!instance.isEmpty()) {
            instances.put(id, instance);
        }
        var why = event.text(Field.TEXT);
        switch (event.type()) {
            case DEVICE_ONLINE -> rows.put(id, row.now("online", why));
            case DEVICE_SLEEPING -> rows.put(id, row.now("sleeping", why));
            case DEVICE_OFFLINE -> rows.put(id, row.now("offline", why));
            case DEVICE_UNKNOWN -> rows.put(id, row.now("unknown", why));
            case DEVICE_FORGOTTEN -> {
                rows.remove(id);
                instances.remove(id);
            }
            case WORKLOAD_STARTING -> rows.put(id, row.workload(instance, "starting"));
            case WORKLOAD_RUNNING -> rows.put(id, row.workload(instance, "running"));
            case WORKLOAD_WAITING -> rows.put(id, row.workload(instance, "waiting"));
            case WORKLOAD_UNREADY -> rows.put(id, row.workload(instance, "unready"));
            case WORKLOAD_REFUSED -> rows.put(id, row.workload(instance, "refused"));
            case INSTANCE_CREATED -> rows.put(id, row.workload(instance, row.workload()));
            case INSTANCE_DELETED -> rows.put(id, row.workload("-", row.workload()));
            case WORKLOAD_GONE -> rows.put(id, row.workload("-", "-"));
            case RUN_STARTED,
                    RUN_STOPPED,
                    CLUSTER_STARTED,
                    API_WRITES,
                    CONFIGURATION_APPLIED,
                    CONFIGURATION_IGNORED,
                    CONFIGURATION_PROBLEM,
                    PROGRAM_STARTED,
                    PROGRAM_ENDED,
                    DEVICE_FOUND,
                    TELEMETRY_MESSAGE,
                    TELEMETRY_GAP,
                    LOG_LINE,
                    COMMAND_PROGRESS,
                    COMMAND_FINISHED,
                    CHECK_FINDING,
                    CHECK_FINISHED,
                    EXPLAIN_MATCH,
                    EXPLAIN_NONE,
                    EXPLAIN_DEVICE,
                    EXPLAIN_SERVER,
                    EXPLAIN_TRANSITION,
                    SERVER_CONNECTED,
                    SERVER_AWAY,
                    MESSAGES_IGNORED,
                    RECORDING_STARTED,
                    RECORDING_FINISHED,
                    REPLAY_FINISHED,
                    REBALANCE_NODE,
                    REBALANCE_MOVE,
                    REBALANCE_STEP,
                    REBALANCE_FINISHED -> {}
        }
    }

    /** The same event with the Instance that its device has, or had last, where that is missing. */
    Event placed(Event event) {
        boolean missing = event.type().fields().contains(Field.INSTANCE)
                && event.text(Field.INSTANCE).isEmpty();
        return missing ? event.with(Field.INSTANCE, instances.getOrDefault(event.text(Field.DEVICE_ID), "")) : event;
    }

    Table table() {
        return new Table(
                HEADINGS,
                rows.values().stream()
                        .map(row -> List.of(row.device(), row.presence(), row.instance(), row.workload(), row.why()))
                        .toList());
    }
}
