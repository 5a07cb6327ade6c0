package io.akrimqtt.cli.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeviceHashTest {

    @Test
    void is_what_akris_own_tests_expect() {
        assertThat(DeviceHash.of("my_shared_device", true, "my_node")).isEqualTo("4294ea");
        assertThat(DeviceHash.of("my_local_device", false, "my_node")).isEqualTo("e77db4");
        assertThat(DeviceHash.of("my_local_device", false, "my_other_node")).isEqualTo("099763");
    }

    @Test
    void collides_where_akris_does() {
        assertThat(DeviceHash.of("device-06523", true, "n")).isEqualTo("700c11");
        assertThat(DeviceHash.of("device-07340", true, "n")).isEqualTo("700c11");
    }
}
