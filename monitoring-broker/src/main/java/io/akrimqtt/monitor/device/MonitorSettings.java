package io.akrimqtt.monitor.device;

import io.akrimqtt.messaging.client.Credentials;
import io.akrimqtt.messaging.client.ServerUrl;
import io.akrimqtt.messaging.client.TlsOptions;
import io.akrimqtt.messaging.topic.TopicName;
import io.akrimqtt.monitor.access.AccessSettings;
import io.akrimqtt.serving.ListenAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Everything this workload is told, checked.
 *
 * @param servers at least one, each once; all of them serve the same topics
 * @param workload tells this workload from others of the same device; the same after a restart
 * @param sessionExpiry how long MQTT servers keep the session while the workload is away
 * @param topics the workload's own topics
 * @param exportsTraces whether spans are sent by OTLP, as OpenTelemetry's own variables say
 * @param lifeline the setting of {@link io.akrimqtt.serving.Lifeline}
 * @param effective all settings for people, secrets masked
 */
public record MonitorSettings(
        DeviceDescription device,
        List<ServerUrl> servers,
        Credentials credentials,
        TlsOptions tls,
        String workload,
        Duration sessionExpiry,
        WorkloadTopics topics,
        CommandSettings commands,
        ListenAddress grpc,
        AccessSettings access,
        ListenAddress http,
        boolean exportsTraces,
        String lifeline,
        Map<String, String> effective) {

    /** What came of the environment. */
    public sealed interface Result {

        /** All is well. */
        record Valid(MonitorSettings settings) implements Result {}

        /**
         * The workload cannot start.
         *
         * @param problems one sentence each, at least one, without secrets
         */
        record Invalid(List<String> problems) implements Result {

            /** The list as people read it. */
            public String text() {
                return "invalid settings of the monitoring broker:\n  " + String.join("\n  ", problems) + "\n";
            }
        }
    }

    /** Reads environment variables, all problems at once. */
    public static Result read(Map<String, String> variables) {
        return new SettingsReader(variables).read();
    }

    /** The MQTT client id at a server. */
    public String clientId(ServerUrl server) {
        return ClientId.of(device.id(), server, workload);
    }

    /** Topics that the device does not talk on, whatever its telemetry filters say: commands, and the workload's own. */
    public Predicate<TopicName> notTelemetry() {
        var commands = device.commandFilters();
        return topic -> topics.own(topic) || commands.stream().anyMatch(filter -> filter.matches(topic));
    }

    @Override
    public String toString() {
        return "MonitorSettings" + effective;
    }
}
