package io.akrimqtt.handler.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.handler.details.DiscoveryDetails;
import io.akrimqtt.handler.details.WatchedServer;
import io.akrimqtt.messaging.client.Credentials;
import io.akrimqtt.messaging.client.ServerUrl;
import io.akrimqtt.messaging.client.TlsOptions;
import io.akrimqtt.presence.convention.DeviceFilter;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClientIdsTest {

    private static final ServerUrl SERVER = ServerUrl.parse("tcp://h");
    private static final DiscoveryDetails DETAILS =
            DiscoveryDetails.of(List.of(SERVER), List.of(DeviceFilter.parse("robots/+/joints")));

    private static String id(String user, String node, String digest, ServerUrl server) {
        var settings = new WatchSettings(DETAILS, Credentials.of(user, null), TlsOptions.DEFAULT, node, digest);
        return ClientIds.live(settings, WatchedServer.of(server));
    }

    @Test
    void an_id_is_the_same_after_a_restart_and_another_for_each_node_user_server_and_details() {
        var id = id("u", "n", "d", SERVER);

        assertThat(id).matches("akri-mqtt-[0-9a-f]{10}").isEqualTo(id("u", "n", "d", SERVER));
        assertThat(List.of(
                        id("v", "n", "d", SERVER),
                        id("u", "m", "d", SERVER),
                        id("u", "n", "e", SERVER),
                        id("u", "n", "d", ServerUrl.parse("tcp://i"))))
                .doesNotContain(id)
                .doesNotHaveDuplicates();
    }

    @Test
    void an_id_fits_into_what_every_server_of_mqtt_3_1_1_must_take() {
        var settings =
                new WatchSettings(DETAILS, Credentials.NONE, TlsOptions.DEFAULT, "n".repeat(253), "d".repeat(64));

        assertThat(ClientIds.snapshot(settings, WatchedServer.of(SERVER))).hasSizeLessThanOrEqualTo(23);
    }
}
