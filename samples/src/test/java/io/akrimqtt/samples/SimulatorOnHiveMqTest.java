package io.akrimqtt.samples;

import io.akrimqtt.messaging.client.ServerUrl;
import io.akrimqtt.messaging.testing.HiveMqServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class SimulatorOnHiveMqTest extends SimulatorContract {

    @SuppressWarnings("NullAway.Init") // JUnit starts it before the tests.
    private static HiveMqServer server;

    @BeforeAll
    static void start() {
        server = HiveMqServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    ServerUrl server() {
        return server.url();
    }
}
