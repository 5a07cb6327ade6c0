package io.akrimqtt.monitor.observe;

import io.akrimqtt.monitor.command.DeviceCommands;
import io.akrimqtt.monitor.command.life.CommandState;
import io.akrimqtt.monitor.device.ServerLinks;
import io.akrimqtt.monitor.telemetry.Telemetry;
import io.akrimqtt.monitor.telemetry.TelemetryCounters;
import io.akrimqtt.monitor.telemetry.TelemetryCounters.Drop;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Locale;
import java.util.function.LongSupplier;

/** The metrics, read from their owners when somebody asks. */
public final class MonitorMetrics {

    private final PrometheusRegistry registry;

    private MonitorMetrics(PrometheusRegistry registry) {
        this.registry = registry;
    }

    /** Adds all metrics of a workload to a registry. */
    public static void register(
            PrometheusRegistry registry, Telemetry telemetry, DeviceCommands commands, ServerLinks servers) {
        var metrics = new MonitorMetrics(registry);
        metrics.telemetry(telemetry);
        metrics.commands(commands);
        metrics.servers(servers);
    }

    private void telemetry(Telemetry telemetry) {
        TelemetryCounters counters = telemetry.counters();
        counter("akri_mqtt_telemetry_received_total", "Telemetry messages of the device.", counters::received);
        counter("akri_mqtt_telemetry_received_bytes_total", "Their payloads' bytes.", counters::bytes);
        counter("akri_mqtt_telemetry_gaps_total", "Gaps that watchers were told of.", counters::gaps);
        gauge("akri_mqtt_telemetry_watchers", "Callers that watch telemetry now.", telemetry::readers);
        CounterWithCallback.builder()
                .name("akri_mqtt_telemetry_dropped_total")
                .help("Messages that were left out somewhere, by cause.")
                .labelNames("cause")
                .callback(callback -> {
                    for (var cause : Drop.values()) {
                        callback.call((double) counters.dropped(cause), label(cause));
                    }
                })
                .register(registry);
    }

    private void commands(DeviceCommands commands) {
        gauge("akri_mqtt_commands_waiting", "Commands that wait for being sent.", commands::waiting);
        gauge(
                "akri_mqtt_commands_durable",
                "1 where commands that wait outlive this process, 0 where they are kept in memory only.",
                () -> commands.keeping().durable() ? 1 : 0);
        counter(
                "akri_mqtt_command_records_refused_total",
                "Records of commands on the MQTT server that could not be read.",
                () -> commands.keeping().refused());
        counter(
                "akri_mqtt_command_late_answers_total",
                "Answers that came after their command had timed out.",
                commands.counters()::late);
        gauge("akri_mqtt_commands_in_flight", "Commands under way.", commands::inFlight);
        CounterWithCallback.builder()
                .name("akri_mqtt_commands_total")
                .help("Commands that ended, by their final state.")
                .labelNames("state")
                .callback(callback -> {
                    for (var state : CommandState.values()) {
                        callback.call((double) commands.counters().ended(state), label(state));
                    }
                })
                .register(registry);
    }

    private void servers(ServerLinks servers) {
        GaugeWithCallback.builder()
                .name("akri_mqtt_connected")
                .help("1 where the MQTT server is connected.")
                .labelNames("server")
                .callback(callback -> servers.all()
                        .forEach(link -> callback.call(
                                link.state().connected() ? 1 : 0, link.url().toString())))
                .register(registry);
    }

    private void counter(String name, String help, LongSupplier value) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call((double) value.getAsLong()))
                .register(registry);
    }

    private void gauge(String name, String help, LongSupplier value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call((double) value.getAsLong()))
                .register(registry);
    }

    private static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
