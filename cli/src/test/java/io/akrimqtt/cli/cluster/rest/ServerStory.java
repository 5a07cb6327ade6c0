package io.akrimqtt.cli.cluster.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.akrimqtt.cli.cluster.Caller;
import io.akrimqtt.cli.cluster.Resource;
import io.akrimqtt.cli.cluster.store.InMemoryObjectStore;
import java.io.IOException;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A store that is served, for each test. */
abstract class ServerStory {

    static final String NS = "default";
    static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** A short history, so that versions expire soon. */
    final InMemoryObjectStore store = InMemoryObjectStore.start(() -> NOW, 10, UUID::randomUUID);

    @SuppressWarnings("NullAway.Init") // by JUnit
    ApiServer server;

    @BeforeEach
    void start() throws IOException {
        server = ApiServer.start(store, () -> NOW.plusSeconds(90));
    }

    @AfterEach
    void stop() {
        server.close();
        store.close();
    }

    /** JSON with single quotes. */
    static ObjectNode json(String text) {
        try {
            return (ObjectNode) MAPPER.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    ObjectNode createInstance(String name) {
        return store.create(Resource.INSTANCE, NS, json("""
                {'metadata': {'name': '%s', 'labels': {'color': 'red'}},
                 'spec': {'configurationName': 'mqtt', 'cdiName': 'c', 'capacity': 1, 'shared': true,
                          'nodes': ['node-a', 'node-b'], 'brokerProperties': {'TOPIC': 't'}}}""".formatted(name)), Caller.ADMIN);
    }

    ObjectNode createConfiguration() {
        return store.create(
                Resource.CONFIGURATION,
                NS,
                json("{'metadata': {'name': 'mqtt'}, 'spec': {'capacity': 1, 'discoveryHandler': {'name': 'mqtt'}}}"),
                Caller.ADMIN);
    }

    void createPod() {
        store.create(Resource.POD, NS, json("""
                {'metadata': {'name': 'mqtt-1-pod'}, 'spec': {'nodeName': 'node-a', 'containers': [{'name': 'c'}]},
                 'status': {'phase': 'Running', 'containerStatuses': [{'name': 'c', 'ready': true, 'restartCount': 2}]}}"""), Caller.ADMIN);
    }

    /** About {@link #createConfiguration}'s, where there is one. */
    void createEvent() {
        var uid = store.list(Resource.CONFIGURATION, NS).items().stream()
                .map(configuration -> configuration.at("/metadata/uid").asText())
                .findFirst()
                .orElse("");
        store.create(Resource.EVENT, NS, json("""
                {'metadata': {'name': 'e1'}, 'type': 'Warning', 'reason': 'ServerUnreachable', 'note': 'no answer',
                 'regarding': {'kind': 'Configuration', 'name': 'mqtt', 'namespace': 'default', 'uid': '%s'},
                 'eventTime': '2026-11-21T08:00:30.000000Z', 'reportingController': 'akri-mqtt.io/handler'}""".formatted(uid)), Caller.ADMIN);
    }

    ObjectNode stored(String name) {
        return store.get(Resource.INSTANCE, NS, name);
    }
}
