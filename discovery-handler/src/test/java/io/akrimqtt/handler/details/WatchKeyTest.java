package io.akrimqtt.handler.details;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.messaging.client.Credentials;
import io.akrimqtt.messaging.client.ServerUrl;
import io.akrimqtt.messaging.client.TlsOptions;
import io.akrimqtt.presence.convention.DeviceFilter;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchKeyTest {

    private static WatchKey key(String password) {
        var details = DiscoveryDetails.of(
                List.of(ServerUrl.parse("tcp://h")), List.of(DeviceFilter.parse("robots/+/joints")));
        return new WatchKey(details, Credentials.of("u", password.getBytes(UTF_8)), TlsOptions.DEFAULT);
    }

    /** A digest of another process names the same journal and the same MQTT session. */
    @Test
    void the_digest_is_the_same_in_every_process() {
        assertThat(key("p").digest(1)).isEqualTo("acf1bb7517eb8abb4437fe324b4390e3529cad3dd72551c6c376a53037bdab3d");
    }

    @Test
    void the_digest_tells_nothing_of_a_password_but_equality_does() {
        assertThat(key("p").digest(1)).isEqualTo(key("q").digest(1)).isNotEqualTo(key("p").digest(2));
        assertThat(key("p")).isEqualTo(key("p")).isNotEqualTo(key("q"));
        assertThat(key("secret").toString()).doesNotContain("secret");
    }
}
