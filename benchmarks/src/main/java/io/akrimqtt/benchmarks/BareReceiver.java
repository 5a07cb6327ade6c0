package io.akrimqtt.benchmarks;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import java.util.concurrent.atomic.LongAdder;

/** The HiveMQ client as it comes, with a listener that only counts. */
final class BareReceiver implements Receiver {

    private final Mqtt5AsyncClient client;
    private final LongAdder received = new LongAdder();

    BareReceiver(int port, String filter) {
        client = MqttClient.builder()
                .useMqttVersion5()
                .identifier("bare")
                .serverHost("127.0.0.1")
                .serverPort(port)
                .buildAsync();
        client.publishes(MqttGlobalPublishFilter.ALL, _ -> received.increment());
        client.connect().join();
        client.subscribeWith()
                .topicFilter(filter)
                .qos(MqttQos.AT_LEAST_ONCE)
                .send()
                .join();
    }

    @Override
    public String name() {
        return "bare HiveMQ client";
    }

    @Override
    public long received() {
        return received.sum();
    }

    @Override
    public void close() {
        client.disconnect().join();
    }
}
