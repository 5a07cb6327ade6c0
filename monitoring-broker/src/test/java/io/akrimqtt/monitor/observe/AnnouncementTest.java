package io.akrimqtt.monitor.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.monitor.device.MonitorSettings;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnnouncementTest {

    private static Announcement announcement() {
        var result = MonitorSettings.read(Map.of(
                "MQTT_DEVICE_ID", "plant/\"7\"",
                "MQTT_SERVER_URLS", "mqtt://a",
                "MQTT_TOPICS", "#",
                "HOSTNAME", "pod-1"));
        return switch (result) {
            case MonitorSettings.Result.Valid(var settings) ->
                new Announcement(settings, Instant.parse("2026-11-20T12:00:00Z"));
            case MonitorSettings.Result.Invalid invalid -> throw new AssertionError(invalid.text());
        };
    }

    private final Message online = announcement().online();
    private final Message offline = announcement().offline();

    @Test
    void online_says_who_and_since_when() {
        assertThat(online.text()).isEqualTo("""
                {"state":"online","device":"plant/\\"7\\"","workload":"pod-1","since":"2026-11-20T12:00:00Z"}""");
        assertThat(online.topic().value()).isEqualTo("akri-mqtt/workloads/plant/\"7\"");
        assertThat(online.retain()).isTrue();
        assertThat(online.contentType()).contains("application/json");
    }

    @Test
    void offline_says_who() {
        assertThat(offline.text()).isEqualTo("""
                {"state":"offline","device":"plant/\\"7\\"","workload":"pod-1"}""");
        assertThat(offline.topic()).isEqualTo(online.topic());
        assertThat(offline.retain()).isTrue();
    }

    @Test
    void one_is_told_from_the_other() {
        assertThat(Announcement.offline(offline)).isTrue();
        assertThat(Announcement.offline(online)).isFalse();
    }
}
