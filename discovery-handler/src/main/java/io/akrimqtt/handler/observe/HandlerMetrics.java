package io.akrimqtt.handler.observe;

import io.akrimqtt.handler.report.Refusal;
import io.akrimqtt.handler.report.Reporting;
import io.akrimqtt.handler.report.WatchView;
import io.akrimqtt.presence.state.Presence;
import io.akrimqtt.serving.ReadMetrics;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.EnumMap;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;

/**
 * The handler's metrics, read when they are asked for. Labels are watches, MQTT servers, causes and reasons, never devices.
 * Akri itself has none for discovery.
 */
public final class HandlerMetrics {

    private static final String WATCH = "watch";

    private final Reporting reporting;
    private final PrometheusRegistry registry;
    private final ReadMetrics read;

    private HandlerMetrics(PrometheusRegistry registry, Reporting reporting) {
        this.reporting = reporting;
        this.registry = registry;
        this.read = ReadMetrics.into(registry);
    }

    /**
     * What the rooms that are not known here tell.
     *
     * @param registered whether Akri's agent knows the handler
     * @param registrations how often it has taken a registration
     * @param refusedCalls how many Discover calls were refused
     */
    public record Sources(BooleanSupplier registered, LongSupplier registrations, LongSupplier refusedCalls) {}

    /** Registers all metrics, once for each registry. */
    public static void register(PrometheusRegistry registry, Reporting reporting, Sources sources) {
        var metrics = new HandlerMetrics(registry, reporting);
        metrics.devices();
        metrics.servers();
        metrics.reports();
        metrics.agent(sources);
    }

    private void devices() {
        GaugeWithCallback.builder()
                .name("akri_mqtt_devices")
                .help("Devices that are known, by what is believed of them.")
                .labelNames(WATCH, "presence")
                .callback(callback -> reporting.views().forEach(view -> {
                    var counts = new EnumMap<Presence, Integer>(Presence.class);
                    view.watch()
                            .current()
                            .devices()
                            .forEach(device -> counts.merge(device.presence(), 1, Integer::sum));
                    for (var presence : Presence.values()) {
                        callback.call(counts.getOrDefault(presence, 0), view.shortName(), ReadMetrics.label(presence));
                    }
                }))
                .register(registry);
        perWatch(
                "akri_mqtt_devices_listed",
                "Devices in the latest report to Akri.",
                view -> view.report().reported().size());
        perWatch(
                "akri_mqtt_id_collisions",
                "Devices reported under another id, since two Instances would have had one name.",
                view -> view.report().ids().collisions().size());
        GaugeWithCallback.builder()
                .name("akri_mqtt_devices_refused")
                .help("Listed devices that are not in the report, by reason.")
                .labelNames(WATCH, "reason")
                .callback(callback -> reporting.views().forEach(view -> {
                    for (var reason : Refusal.values()) {
                        int count = view.report().refused().getOrDefault(reason, 0);
                        callback.call(count, view.shortName(), ReadMetrics.label(reason));
                    }
                }))
                .register(registry);
    }

    private void servers() {
        GaugeWithCallback.builder()
                .name("akri_mqtt_server_connected")
                .help("1 where the MQTT server has accepted our connection.")
                .labelNames(WATCH, "server")
                .callback(callback -> reporting
                        .views()
                        .forEach(view -> view.watch()
                                .current()
                                .servers()
                                .forEach(server ->
                                        callback.call(server.connected() ? 1 : 0, view.shortName(), server.url()))))
                .register(registry);
        CounterWithCallback.builder()
                .name("akri_mqtt_messages_ignored_total")
                .help("MQTT messages that say nothing about a device, by cause.")
                .labelNames(WATCH, "cause")
                .callback(callback -> reporting
                        .views()
                        .forEach(view -> view.watch()
                                .current()
                                .counters()
                                .forEach(counter ->
                                        callback.call((double) counter.count(), view.shortName(), counter.cause()))))
                .register(registry);
    }

    private void reports() {
        perWatch(
                "akri_mqtt_report_bytes",
                "Size of the latest report.",
                view -> view.report().bytes());
        perWatch("akri_mqtt_discover_streams", "Discover streams of Akri's agent.", WatchView::streams);
        read.counter("akri_mqtt_reports_sent_total", "Reports handed to Discover streams.", reporting::reportsSent);
        read.counter(
                "akri_mqtt_reports_suppressed_total",
                "Reports that said nothing new and were not sent.",
                reporting::reportsSuppressed);
        read.counter(
                "akri_mqtt_discover_streams_ended_total",
                "Discover streams that were ended to bring new details or credentials in.",
                reporting::streamsEnded);
        read.counter(
                "akri_mqtt_adoptions_refused_total",
                "Devices of Instances that were not taken over, since there was no room.",
                reporting::adoptionsRefused);
    }

    private void agent(Sources sources) {
        read.counter(
                "akri_mqtt_registrations_total", "Registrations that Akri's agent has taken.", sources.registrations());
        read.counter("akri_mqtt_discover_refused_total", "Discover calls that were refused.", sources.refusedCalls());
        read.gauge(
                "akri_mqtt_registered",
                "Whether Akri's agent knows this handler.",
                () -> sources.registered().getAsBoolean() ? 1 : 0);
    }

    private void perWatch(String name, String help, ToDoubleFunction<WatchView> value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .unit(name.endsWith("_bytes") ? Unit.BYTES : null)
                .labelNames(WATCH)
                .callback(callback ->
                        reporting.views().forEach(view -> callback.call(value.applyAsDouble(view), view.shortName())))
                .register(registry);
    }
}
