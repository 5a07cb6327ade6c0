package io.akrimqtt.cli.cluster.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** The columns of each kind, as in Kubernetes and in Akri's CRDs (AC 6). */
final class Columns {

    private static final Column AGE = Column.age("Age", "/metadata/creationTimestamp");

    /** What the API server itself writes into columns of pods; for those of CRDs, kubectl decides. */
    private static final String NONE = "<none>";

    private Columns() {}

    static List<Column> of(Served served) {
        return switch (served.resource()) {
            case CONFIGURATION -> List.of(Column.named(), Column.at("Capacity", "/spec/capacity"), AGE);
            case INSTANCE ->
                List.of(
                        Column.named(),
                        Column.at("Config", "/spec/configurationName"),
                        new Column("Shared", "boolean", "", false, (o, _) -> o.at("/spec/shared")),
                        Column.at("Nodes", "/spec/nodes"),
                        AGE);
            case POD -> pods();
            case NODE -> List.of(Column.named(), Column.text("Status", (o, _) -> text(nodeStatus(o))), AGE);
            case EVENT -> served.inCore() ? coreEvents() : events();
            case ENDPOINT_SLICE -> List.of(Column.named(), Column.at("AddressType", "/addressType"), AGE);
        };
    }

    private static List<Column> pods() {
        return List.of(
                Column.named(),
                Column.text("Ready", (o, _) -> text(ready(o))),
                Column.text("Status", (o, _) -> text(podStatus(o))),
                Column.text("Restarts", (o, _) -> text(Integer.toString(restarts(o)))),
                AGE,
                Column.text("IP", (o, _) -> text(o.at("/status/podIP").asText(NONE)))
                        .onlyWide(),
                Column.text("Node", (o, _) -> text(o.at("/spec/nodeName").asText(NONE)))
                        .onlyWide());
    }

    private static List<Column> events() {
        return List.of(
                Column.text("Last Seen", Columns::lastSeen),
                Column.at("Type", "/type"),
                Column.at("Reason", "/reason"),
                Column.text("Object", (o, _) -> text(about(o.path("regarding")))),
                Column.at("Message", "/note"));
    }

    private static List<Column> coreEvents() {
        return List.of(
                Column.text("Last Seen", Columns::lastSeen),
                Column.at("Type", "/type"),
                Column.at("Reason", "/reason"),
                Column.text("Object", (o, _) -> text(about(o.path("involvedObject")))),
                Column.at("Message", "/message"));
    }

    private static JsonNode text(String text) {
        return JsonNodeFactory.instance.textNode(text);
    }

    private static String about(JsonNode object) {
        return object.path("kind").asText().toLowerCase(Locale.ROOT) + "/"
                + object.path("name").asText();
    }

    /** When it happened last, by the newest of the ways in which an Event can say it. */
    private static JsonNode lastSeen(JsonNode event, Instant now) {
        for (var pointer : List.of(
                "/series/lastObservedTime",
                "/lastTimestamp",
                "/deprecatedLastTimestamp",
                "/eventTime",
                "/metadata/creationTimestamp")) {
            var at = event.at(pointer);
            if (at.isTextual()) {
                return text(Age.since(at.asText(), now));
            }
        }
        return text("<unknown>");
    }

    private static String ready(JsonNode pod) {
        int ready = 0;
        for (var container : pod.at("/status/containerStatuses")) {
            ready += container.path("ready").asBoolean() ? 1 : 0;
        }
        return ready + "/" + pod.at("/spec/containers").size();
    }

    private static int restarts(JsonNode pod) {
        int restarts = 0;
        for (var container : pod.at("/status/containerStatuses")) {
            restarts += container.path("restartCount").asInt();
        }
        return restarts;
    }

    private static String podStatus(JsonNode pod) {
        if (pod.at("/metadata").hasNonNull("deletionTimestamp")) {
            return "Terminating";
        }
        for (var container : pod.at("/status/containerStatuses")) {
            var reason = container.at("/state/waiting/reason");
            if (reason.isTextual()) {
                return reason.asText();
            }
        }
        var reason = pod.at("/status/reason");
        return reason.isTextual() ? reason.asText() : pod.at("/status/phase").asText("Unknown");
    }

    private static String nodeStatus(JsonNode node) {
        for (var condition : node.at("/status/conditions")) {
            if (condition.path("type").asText().equals("Ready")) {
                return condition.path("status").asText().equals("True") ? "Ready" : "NotReady";
            }
        }
        return "Unknown";
    }
}
