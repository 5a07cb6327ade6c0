package io.akrimqtt.benchmarks;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/** A HiveMQ client that sends at a pace; each payload is 8 bytes, when it should have been sent by {@link System#nanoTime}. */
final class BareSender implements AutoCloseable {

    private final Mqtt5AsyncClient client;
    private final MqttQos qos;

    BareSender(int port, int qos) {
        this.qos = Objects.requireNonNull(MqttQos.fromCode(qos), "qos");
        client = MqttClient.builder()
                .useMqttVersion5()
                .identifier("bare-sender")
                .serverHost("127.0.0.1")
                .serverPort(port)
                .buildAsync();
        client.connect().join();
    }

    /** Sends so many, to the topics in turn. */
    void send(List<String> topics, int perSecond, int count) {
        var number = new AtomicInteger();
        Times.paced(perSecond, count, due -> {
            var _ = client.publishWith()
                    .topic(topics.get(number.getAndIncrement() % topics.size()))
                    .qos(qos)
                    .payload(ByteBuffer.allocate(Long.BYTES).putLong(due).array())
                    .send();
        });
    }

    @Override
    public void close() {
        client.disconnect().join();
    }
}
