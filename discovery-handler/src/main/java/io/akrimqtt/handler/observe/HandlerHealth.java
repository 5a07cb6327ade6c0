package io.akrimqtt.handler.observe;

import io.akrimqtt.handler.report.Reporting;
import io.akrimqtt.serving.Readiness;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Whether the handler does its work, and what stands in its way. Thread-safe. */
public final class HandlerHealth {

    private final Reporting reporting;
    private final BooleanSupplier registered;
    private final BooleanSupplier reachable;
    private final Supplier<String> journal;
    private final Supplier<List<String>> kubernetes;
    private final Supplier<String> arrival;

    /**
     * Asks others when it is asked; without Kubernetes.
     *
     * @param registered whether Akri's agent knows the handler
     * @param reachable whether the agent can find the handler's socket
     * @param journal why the journal is not used, or empty
     */
    public HandlerHealth(
            Reporting reporting, BooleanSupplier registered, BooleanSupplier reachable, Supplier<String> journal) {
        this(reporting, registered, reachable, journal, List::of);
    }

    /**
     * Asks others when it is asked.
     *
     * @param registered whether Akri's agent knows the handler
     * @param reachable whether the agent can find the handler's socket
     * @param journal why the journal is not used, or empty
     * @param kubernetes what is wrong there, one sentence each
     */
    public HandlerHealth(
            Reporting reporting,
            BooleanSupplier registered,
            BooleanSupplier reachable,
            Supplier<String> journal,
            Supplier<List<String>> kubernetes) {
        this(reporting, registered, reachable, journal, kubernetes, () -> "");
    }

    /**
     * Asks others when it is asked.
     *
     * @param registered whether Akri's agent knows the handler
     * @param reachable whether the agent can find the handler's socket
     * @param journal why the journal is not used, or empty
     * @param kubernetes what is wrong there, one sentence each
     * @param arrival {@link Arrival#missing}
     */
    public HandlerHealth(
            Reporting reporting,
            BooleanSupplier registered,
            BooleanSupplier reachable,
            Supplier<String> journal,
            Supplier<List<String>> kubernetes,
            Supplier<String> arrival) {
        this.arrival = arrival;
        this.kubernetes = kubernetes;
        this.reporting = reporting;
        this.registered = registered;
        this.reachable = reachable;
        this.journal = journal;
    }

    /** What it needs to do its work. */
    public Readiness readiness() {
        return Readiness.of("socket", this::socket)
                .and("registration", this::registration)
                .and("first-lists", () -> {
                    var missing = arrival.get();
                    return !registered.getAsBoolean() || missing.isEmpty() ? List.of() : List.of(missing);
                });
    }

    private List<String> socket() {
        return reachable.getAsBoolean()
                ? List.of()
                : List.of("the handler's socket is gone: Akri's agent cannot call Discover");
    }

    private List<String> registration() {
        return registered.getAsBoolean()
                ? List.of()
                : List.of(
                        "Akri's agent does not know this handler: it is not there, or has not taken the registration");
    }

    /** Why the handler is not ready, one sentence each; none for ready. */
    public List<String> notReady() {
        return readiness().reasons();
    }

    /** Adds readiness and the number of problems to the metrics, once for each registry. */
    public void register(PrometheusRegistry registry) {
        readiness().register(registry);
        GaugeWithCallback.builder()
                .name("akri_mqtt_problems")
                .help("What is wrong outside, as /readyz tells it.")
                .callback(callback -> callback.call(problems().size()))
                .register(registry);
    }

    /** What is wrong outside, one sentence each; it makes the handler no less ready, since it retries. */
    public List<String> problems() {
        var problems = new ArrayList<String>();
        if (!journal.get().isEmpty()) {
            problems.add("the journal is not used, what is believed will not survive a restart: " + journal.get());
        }
        problems.addAll(kubernetes.get());
        for (var view : reporting.views()) {
            for (var server : view.watch().current().servers()) {
                if (!server.connected()) {
                    problems.add("MQTT server " + server.url() + " is not connected: " + server.problem());
                }
                server.subscriptionProblems()
                        .forEach(text -> problems.add("MQTT server " + server.url() + ": " + text));
            }
            view.report()
                    .refused()
                    .forEach((reason, count) -> problems.add(count + " devices are not reported: " + reason.text()));
        }
        return problems;
    }
}
