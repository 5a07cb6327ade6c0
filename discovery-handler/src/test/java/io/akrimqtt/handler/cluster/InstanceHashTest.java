package io.akrimqtt.handler.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstanceHashTest {

    @ParameterizedTest
    @CsvSource({
        "my_shared_device,4294ea",
        "foo0,8120fe",
        "device-06523,700c11",
        "device-07340,700c11",
        "sensor-2518,7d81c5",
        "sensor-5610,7d81c5",
        "my_local_devicemy_node,e77db4"
    })
    void is_what_akris_agent_computes(String id, String hash) {
        assertThat(InstanceHash.of(id)).isEqualTo(hash);
    }
}
