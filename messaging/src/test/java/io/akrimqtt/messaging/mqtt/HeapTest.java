package io.akrimqtt.messaging.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeapTest {

    @Test
    void messages_take_what_is_wanted_or_an_eighth_of_a_small_heap() {
        assertThat(Heap.upTo(16 << 20, 1L << 30)).isEqualTo(16 << 20);
        assertThat(Heap.upTo(16 << 20, 16L << 20)).isEqualTo(2 << 20);
        assertThat(Heap.upTo(16)).isEqualTo(16);
    }
}
