package io.akrimqtt.messaging.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TestServersTest {

    @Test
    void mosquitto_listens_stops_and_starts_again_on_its_port() {
        try (var server = MosquittoServer.options().user("anna", "secret").start()) {
            assertThat(FreePort.answers(server.port())).isTrue();
            server.stop();
            assertThat(FreePort.answers(server.port())).isFalse();
            server.startAgain();
            assertThat(FreePort.answers(server.port())).isTrue();
        }
    }

    @Test
    void mosquitto_takes_certificates() {
        try (var server = MosquittoServer.options()
                .tls(TestCertificates.create(), true)
                .webSocket()
                .start()) {
            assertThat(FreePort.answers(server.url().port())).isTrue();
            assertThat(FreePort.answers(server.webSocketUrl().port())).isTrue();
        }
    }

    @Test
    void hivemq_listens() {
        try (var server = HiveMqServer.start()) {
            assertThat(FreePort.answers(server.url().port())).isTrue();
            assertThat(FreePort.answers(server.webSocketUrl().port())).isTrue();
        }
    }
}
