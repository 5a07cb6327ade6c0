package io.akrimqtt.serving;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The conditions that a program needs to do its work, asked anew each time. Immutable; thread-safe where what it asks is. */
public final class Readiness {

    private final List<Asked> all;

    /** @param reasons why it is not met, one sentence each; none where it is */
    private record Asked(String name, Supplier<List<String>> reasons) {}

    /**
     * One condition at one moment.
     *
     * @param name a word or two in lower case with hyphens; a label of metrics
     * @param reasons why it is not met, one sentence each, without secrets; none where it is
     */
    public record Condition(String name, List<String> reasons) {
        public Condition {
            reasons = List.copyOf(reasons);
        }

        /** Whether it is as it should be. */
        public boolean met() {
            return reasons.isEmpty();
        }
    }

    private Readiness(List<Asked> all) {
        this.all = all;
    }

    /** Of one condition. */
    public static Readiness of(String name, Supplier<List<String>> reasons) {
        return new Readiness(List.of()).and(name, reasons);
    }

    /** With one more. */
    public Readiness and(String name, Supplier<List<String>> reasons) {
        var more = new ArrayList<>(all);
        more.add(new Asked(name, reasons));
        return new Readiness(List.copyOf(more));
    }

    /** All conditions, met or not, in the order in which they were named. */
    public List<Condition> conditions() {
        return all.stream()
                .map(asked -> new Condition(asked.name(), asked.reasons().get()))
                .toList();
    }

    /** Why the program is not ready, one sentence each; none for ready. */
    public List<String> reasons() {
        return conditions().stream().flatMap(each -> each.reasons().stream()).toList();
    }

    /** As a metric, for each condition; once for each registry. */
    public void register(PrometheusRegistry registry) {
        GaugeWithCallback.builder()
                .name("akri_mqtt_ready")
                .help("1 where a condition of readiness is met.")
                .labelNames("condition")
                .callback(callback -> conditions().forEach(each -> callback.call(each.met() ? 1 : 0, each.name())))
                .register(registry);
    }
}
