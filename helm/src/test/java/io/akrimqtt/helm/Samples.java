package io.akrimqtt.helm;

import io.akrimqtt.helm.admission.Request.User;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Those who write, and what they write. */
final class Samples {

    static final User AGENT = User.named("system:serviceaccount:akri:akri-agent-sa");
    static final User CONTROLLER = User.named("system:serviceaccount:akri:akri-controller-sa");
    static final User GARBAGE_COLLECTOR = User.named("system:serviceaccount:kube-system:generic-garbage-collector");
    static final User HANDLER = User.named("system:serviceaccount:mqtt:plant-akri-mqtt");
    static final User PERSON = User.named("jane@example.com");

    /** Whose rights and tokens the tables need. */
    static final List<User> ALL = List.of(AGENT, CONTROLLER, GARBAGE_COLLECTOR, HANDLER, PERSON);

    static final String RELEASED = "released.akri-mqtt.io/";

    private Samples() {}

    /** Someone by a short name; {@code handler@node} has a token for a pod on that node. */
    static User user(String name) {
        return switch (name) {
            case "agent" -> AGENT;
            case "controller" -> CONTROLLER;
            case "garbage collector" -> GARBAGE_COLLECTOR;
            case "person" -> PERSON;
            case "handler" -> HANDLER;
            default -> HANDLER.on(name.substring(name.indexOf('@') + 1));
        };
    }

    /** An Instance of ours. */
    static Map<String, Object> instance(List<String> nodes, List<String> released) {
        var instance = Json.with(Json.yaml("""
                        apiVersion: akri.sh/v0
                        kind: Instance
                        metadata:
                          name: robots-4294ea
                          namespace: mqtt
                          finalizers: [rack-a, rack-b]
                        spec:
                          configurationName: robots
                          cdiName: akri.sh/robots=4294ea
                          capacity: 1
                          shared: true
                          brokerProperties: {MQTT_REPORTED_BY: akri-mqtt, MQTT_DEVICE_ID: robots/r1}
                          deviceUsage: {robots-4294ea-0: rack-a}
                        """), nodes, "spec", "nodes");
        for (var node : released) {
            instance = Json.with(instance, "2026-11-20T10:00:00Z", "metadata", "annotations", RELEASED + node);
        }
        return instance;
    }

    /** A Configuration of ours, without credentials. */
    static Map<String, Object> configuration(String namespace, String name) {
        var configuration = Json.yaml("""
                apiVersion: akri.sh/v0
                kind: Configuration
                metadata: {}
                spec:
                  capacity: 1
                  discoveryHandler:
                    name: mqtt-table
                    discoveryDetails: |
                      serverUrls: [ssl://mqtt.example.com:8883]
                      topics: [robots/+/joints]
                  brokerSpec:
                    brokerPodSpec: {containers: [{name: broker, image: "example.com/broker:1"}]}
                """);
        return Json.with(Json.with(configuration, name, "metadata", "name"), namespace, "metadata", "namespace");
    }

    /** Words of a table's cell, {@code -} for none. */
    static List<String> words(String cell) {
        return cell.equals("-") ? List.of() : Arrays.asList(cell.split(" "));
    }
}
