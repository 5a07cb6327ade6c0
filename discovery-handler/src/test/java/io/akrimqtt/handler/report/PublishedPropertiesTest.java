package io.akrimqtt.handler.report;

import static io.akrimqtt.handler.report.Samples.device;
import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.handler.watch.TrackedDevice;
import io.akrimqtt.presence.state.Evidence;
import io.akrimqtt.presence.state.Presence;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What {@code publish.properties} and {@code scope} make of a device's properties. */
class PublishedPropertiesTest {

    private static final String BASE = """
            serverUrls: [{url: tcp://a, alias: A}, {url: ssl://b, alias: B}]
            topics: [robots/+/joints]
            presence: {status: ["{device}/state"]}
            commands: {topic: "{device}/cmd/{command}", response: "{device}/res/{command}"}
            """;

    private static TrackedDevice scoped() {
        return new TrackedDevice(
                "B/robots/r7",
                "r7",
                Presence.ONLINE,
                true,
                Map.of(),
                List.of("robots/r7/joints"),
                new Evidence(Evidence.Kind.ACTIVITY, "robots/r7/joints", Samples.START, "it published"),
                List.of());
    }

    @Test
    void a_device_of_one_server_is_told_that_server_and_topics_without_its_alias() {
        assertThat(DeviceProperties.of(Samples.details(BASE + "scope: perBroker\n"), scoped()))
                .containsEntry("MQTT_DEVICE_ID", "B/robots/r7")
                .containsEntry("MQTT_DEVICE_NAME", "r7")
                .containsEntry("MQTT_SERVER_URLS", "ssl://b:8883")
                .containsEntry("MQTT_TOPICS", "robots/r7/joints")
                .containsEntry("MQTT_COMMAND_TOPIC", "robots/r7/cmd/{command}")
                .containsEntry("MQTT_RESPONSE_TOPIC", "robots/r7/res/{command}")
                .containsEntry("MQTT_STATUS_TOPIC", "robots/r7/state");
    }

    @Test
    void a_device_of_all_servers_is_told_all_even_where_they_have_aliases() {
        assertThat(DeviceProperties.of(Samples.details(BASE), device("robots/r7")))
                .containsEntry("MQTT_SERVER_URLS", "tcp://a:1883,ssl://b:8883");
    }

    @Test
    void only_what_is_to_be_published_is_beside_the_id_and_who_reports() {
        var details = Samples.details(BASE + "publish: {properties: [server, command]}\n");

        assertThat(DeviceProperties.of(details, device("robots/r7")))
                .containsOnlyKeys("MQTT_DEVICE_ID", "MQTT_REPORTED_BY", "MQTT_SERVER_URLS", "MQTT_COMMAND_TOPIC");
    }

    @Test
    void nothing_to_be_published_leaves_the_id_and_who_reports() {
        var details = Samples.details(BASE + "publish: {properties: []}\n");

        assertThat(DeviceProperties.of(details, device("robots/r7", true, Map.of("area", "north"))))
                .containsOnlyKeys("MQTT_DEVICE_ID", "MQTT_REPORTED_BY", "MQTT_LEVEL_AREA");
    }

    @Test
    void the_status_topic_goes_with_the_topics() {
        var details = Samples.details(BASE + "publish: {properties: topics}\n");

        assertThat(DeviceProperties.of(details, device("robots/r7")))
                .containsOnlyKeys("MQTT_DEVICE_ID", "MQTT_REPORTED_BY", "MQTT_TOPICS", "MQTT_STATUS_TOPIC");
    }
}
