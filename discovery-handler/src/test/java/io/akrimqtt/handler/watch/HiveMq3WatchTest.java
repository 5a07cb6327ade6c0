package io.akrimqtt.handler.watch;

import io.akrimqtt.messaging.client.ProtocolVersion;
import io.akrimqtt.messaging.client.ServerUrl;
import io.akrimqtt.messaging.testing.HiveMqServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class HiveMq3WatchTest extends DeviceWatchContract {

    private static @Nullable HiveMqServer server;

    @BeforeAll
    static void start() {
        server = HiveMqServer.start();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Override
    ServerUrl server() {
        if (server == null) {
            throw new IllegalStateException("the server of the test is not started");
        }
        return server.url();
    }

    @Override
    ProtocolVersion protocol() {
        return ProtocolVersion.MQTT_3_1_1;
    }
}
