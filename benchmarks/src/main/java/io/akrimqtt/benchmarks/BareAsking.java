package io.akrimqtt.benchmarks;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Two bare HiveMQ clients, of which one sends back what the other sends: no time-outs, no repetitions, nothing refused. */
final class BareAsking implements Asking {

    private final Mqtt5AsyncClient caller;
    private final Mqtt5AsyncClient device;
    private final Map<Long, Runnable> open = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();

    BareAsking(int port) {
        device = client(port, "bare-device");
        caller = client(port, "bare-caller");
        listen(device, "request", payload -> {
            var _ = device.publishWith()
                    .topic("response")
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .payload(payload)
                    .send();
        });
        listen(caller, "response", payload -> {
            var answered = open.remove(ByteBuffer.wrap(payload).getLong());
            if (answered != null) {
                answered.run();
            }
        });
    }

    private static Mqtt5AsyncClient client(int port, String id) {
        var client = MqttClient.builder()
                .useMqttVersion5()
                .identifier(id)
                .serverHost("127.0.0.1")
                .serverPort(port)
                .buildAsync();
        client.connect().join();
        return client;
    }

    /** Takes the payload of a message. */
    private interface Taking {
        void take(byte[] payload);
    }

    private static void listen(Mqtt5AsyncClient client, String topic, Taking taking) {
        client.subscribeWith()
                .topicFilter(topic)
                .qos(MqttQos.AT_LEAST_ONCE)
                .callback(publish -> taking.take(publish.getPayloadAsBytes()))
                .send()
                .join();
    }

    @Override
    public String name() {
        return "two bare HiveMQ clients";
    }

    @Override
    public void ask(Runnable answered) {
        long number = numbers.incrementAndGet();
        open.put(number, answered);
        var _ = caller.publishWith()
                .topic("request")
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(ByteBuffer.allocate(Long.BYTES).putLong(number).array())
                .send();
    }

    @Override
    public void close() {
        caller.disconnect().join();
        device.disconnect().join();
    }
}
