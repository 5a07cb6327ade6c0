package io.akrimqtt.handler.observe;

import io.akrimqtt.handler.kubernetes.Guard;
import io.akrimqtt.handler.kubernetes.Kubernetes;
import io.akrimqtt.handler.kubernetes.Tally;
import io.akrimqtt.handler.report.Reporting;
import io.akrimqtt.serving.ReadMetrics;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.function.Supplier;

/**
 * The metrics of the caretaker and of its calls to the API server, read when they are asked for. Labels are kinds of actions, verbs,
 * resources and results, never objects.
 */
public final class KubernetesMetrics {

    private final PrometheusRegistry registry;

    private KubernetesMetrics(PrometheusRegistry registry) {
        this.registry = registry;
    }

    /** Registers all metrics, once for each registry. */
    public static void register(PrometheusRegistry registry, Kubernetes kubernetes, Reporting reporting) {
        var metrics = new KubernetesMetrics(registry);
        var read = ReadMetrics.into(registry);
        read.gauge(
                "akri_mqtt_kubernetes_reachable",
                "Whether the Kubernetes API server answers and all that is watched there is known.",
                () -> kubernetes.cluster().reachable() ? 1 : 0);
        read.gauge("akri_mqtt_kubernetes_writes_waiting", "Writes that wait for their turn.", kubernetes::waiting);
        read.gauge(
                "akri_mqtt_releases_waiting",
                "Devices that are reported only because they may not be dropped yet.",
                () -> reporting.views().stream()
                        .mapToInt(view -> view.report().held())
                        .sum());
        metrics.tally(
                "akri_mqtt_kubernetes_calls_total",
                "Writing calls to the Kubernetes API server, by verb and resource, and by result.",
                "call",
                kubernetes::calls);
        metrics.tally(
                "akri_mqtt_caretaker_actions_total",
                "What the caretaker did, by kind, and by what came of it.",
                "action",
                kubernetes::actions);
        read.gauge(
                "akri_mqtt_guard",
                "What the latest trial has shown of the guard: 1 for the state that holds.",
                "state",
                List.of(Guard.values()),
                state -> kubernetes.guard() == state ? 1 : 0);
    }

    private void tally(String name, String help, String what, Supplier<Tally> tally) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames(what, "result")
                .callback(callback -> tally.get()
                        .counts()
                        .forEach((label, count) -> callback.call((double) count, label.what(), label.result())))
                .register(registry);
    }
}
