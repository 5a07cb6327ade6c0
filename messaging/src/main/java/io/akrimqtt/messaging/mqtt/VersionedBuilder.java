package io.akrimqtt.messaging.mqtt;

import com.hivemq.client.internal.mqtt.MqttClientConfig;
import com.hivemq.client.internal.mqtt.MqttRxClient;
import com.hivemq.client.internal.mqtt.MqttRxClientBuilderBase;
import com.hivemq.client.internal.mqtt.advanced.MqttClientAdvancedConfig;
import com.hivemq.client.mqtt.MqttVersion;
import io.akrimqtt.messaging.client.ProtocolVersion;

/**
 * Builds the library's client with one face for both versions of MQTT.
 *
 * <p>The library's engine speaks both and its MQTT 3.1.1 interface is a view of it; this builder leaves the view out. It reaches
 * into the library's internals for that, as {@link ChannelTap} does: both are checked by the tests on each version.
 */
final class VersionedBuilder extends MqttRxClientBuilderBase<VersionedBuilder> {

    @Override
    protected VersionedBuilder self() {
        return this;
    }

    MqttRxClient build(ProtocolVersion protocol) {
        var version = switch (protocol) {
            case MQTT_5 -> MqttVersion.MQTT_5_0;
            case MQTT_3_1_1 -> MqttVersion.MQTT_3_1_1;
        };
        return new MqttRxClient(buildClientConfig(
                version, MqttClientAdvancedConfig.DEFAULT, MqttClientConfig.ConnectDefaults.of(null, null, null)));
    }
}
