package io.akrimqtt.messaging.testing;

import io.akrimqtt.messaging.client.ServerUrl;

/** An MQTT server on loopback that a test has started. */
public interface TestServer extends AutoCloseable {

    /** Where it listens for plain MQTT over TCP, or for what it was told to listen for. */
    ServerUrl url();

    /** Stops it and removes its files. Idempotent. */
    @Override
    void close();
}
