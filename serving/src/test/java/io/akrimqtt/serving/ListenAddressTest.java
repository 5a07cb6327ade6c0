package io.akrimqtt.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListenAddressTest {

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:0", "[::1]:65535", "localhost:80", "unix:/run/a.sock", "off"})
    void reads_what_it_prints(String text) {
        assertThat(ListenAddress.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "localhost", ":80", "a:", "a:65536", "a:-1", "a:1e3", "unix:relative", "OFF", "a:999999"})
    void refuses_what_is_no_address(String text) {
        assertThat(ListenAddress.problem(text)).isPresent();
        assertThatThrownBy(() -> ListenAddress.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("address: '" + text + "' ");
    }

    @Test
    void a_unix_sockets_path_has_107_bytes_at_most() {
        assertThat(ListenAddress.problem("unix:/" + "a".repeat(106))).isEmpty();
        assertThat(ListenAddress.problem("unix:/" + "a".repeat(107))).isPresent();
        assertThat(ListenAddress.problem("unix:/" + "ü".repeat(54))).isPresent();
    }
}
