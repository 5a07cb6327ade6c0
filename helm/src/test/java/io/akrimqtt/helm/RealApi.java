package io.akrimqtt.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.akrimqtt.helm.admission.Request;
import io.akrimqtt.helm.admission.Request.User;
import io.akrimqtt.helm.admission.Verdict;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A real API server, with the chart in force in two namespaces of its own and nowhere else. What is to be changed is created; the
 * change itself is a dry run, as somebody else. Confined to its test class; closing it leaves nothing behind.
 */
final class RealApi implements Api, AutoCloseable {

    private static final Pattern REFUSAL = Pattern.compile(
            "ValidatingAdmissionPolicy '([^']+)' with binding '[^']+' denied request: (.*)", Pattern.DOTALL);

    private final KubernetesClient client;
    private final String namespace;
    private final RealChart chart;
    private final RealRights rights;
    private final RealObjects objects;

    private RealApi(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
        chart = new RealChart(client, namespace);
        rights = new RealRights(client, namespace);
        objects = new RealObjects(client, namespace);
    }

    /** Installs the chart on the API server that {@code KUBECONFIG} names, and waits until it is in force. */
    static RealApi start(RandomGenerator random) {
        var name = "akri-mqtt-test-" + HexFormat.of().toHexDigits(random.nextInt());
        var api = new RealApi(new KubernetesClientBuilder().build(), name);
        try {
            api.chart.install();
            api.rights.grantAkri(Samples.ALL);
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofSeconds(1))
                    .untilAsserted(api::everyPolicyRefuses);
            return api;
        } catch (RuntimeException | Error e) {
            api.close();
            throw e;
        }
    }

    /** A policy is in force some time after it was stored, each at its own pace. */
    private void everyPolicyRefuses() {
        try {
            var configuration = Samples.configuration(namespace, "tbl-robots");
            var instance = Samples.instance(List.of("rack-a"), List.of());
            put(configuration);
            refuses("guard", Request.delete(Samples.AGENT, "instances", instance));
            refuses("gate", create(Samples.PERSON, Json.without(configuration, "spec")));
            refuses("gate-nodes", create(Samples.PERSON, Samples.configuration(namespace, "r".repeat(51))));
            refuses("gate-names", create(Samples.PERSON, Samples.configuration(elsewhere(), "tbl-robots")));
            refuses("fence-configurations", create(Samples.HANDLER, Samples.configuration(namespace, "lamps")));
            refuses("fence-instances", Request.create(Samples.HANDLER, "instances", instance));
        } finally {
            clear();
        }
    }

    private static Request create(User user, Map<String, Object> configuration) {
        return Request.create(user, "configurations", configuration);
    }

    private void refuses(String policy, Request request) {
        assertThat(admit(request).policy()).isEqualTo("plant-akri-mqtt-" + policy);
    }

    @Override
    public String namespace() {
        return namespace;
    }

    @Override
    public String elsewhere() {
        return RealChart.elsewhere(namespace);
    }

    @Override
    public String longestNode() {
        return client.nodes().list().getItems().stream()
                .map(node -> node.getMetadata().getName())
                .max(Comparator.comparingInt(String::length))
                .orElse("");
    }

    /** What Kubernetes finds wrong with the types of a policy's expressions, by policy; waits until it has looked. */
    Map<String, List<String>> typeWarnings() {
        return chart.typeWarnings();
    }

    @Override
    public void put(Map<String, Object> object) {
        objects.store(object);
    }

    /** Takes away what was put there. */
    void clear() {
        objects.clear();
    }

    @Override
    public Verdict admit(Request request) {
        var before = request.oldObject() == null ? null : objects.store(request.oldObject());
        rights.grant(request.user().rights());
        try (var asking = as(request.user())) {
            attempt(asking, request, before);
            return new Verdict(true, "", "", "");
        } catch (KubernetesClientException e) {
            return refusal(e);
        } finally {
            rights.revoke(request.user().rights());
            if (before != null) {
                objects.remove(before);
            }
        }
    }

    private KubernetesClient as(User user) {
        // Names of headers: Kubernetes takes them percent-encoded.
        var extras = user.extra().entrySet().stream()
                .collect(Collectors.toMap(
                        each -> URLEncoder.encode(each.getKey(), StandardCharsets.UTF_8), Map.Entry::getValue));
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(client.getConfiguration())
                        .withImpersonateUsername(user.name())
                        .withImpersonateExtras(extras)
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .build();
    }

    private void attempt(KubernetesClient asking, Request request, @Nullable GenericKubernetesResource before) {
        var after = request.object() == null ? null : objects.read(request.object());
        if (after != null && before != null) {
            var metadata = after.getMetadata();
            metadata.setDeletionTimestamp(null);
            metadata.setUid(before.getMetadata().getUid());
            metadata.setResourceVersion(before.getMetadata().getResourceVersion());
            asking.resource(after).dryRun().update();
        } else if (after != null) {
            asking.resource(after).dryRun().create();
        } else if (before != null) {
            asking.resource(before).dryRun().delete();
        }
    }

    private static Verdict refusal(KubernetesClientException e) {
        var matcher = REFUSAL.matcher(
                String.valueOf(e.getStatus() == null ? "" : e.getStatus().getMessage()));
        if (!matcher.find()) {
            throw e;
        }
        return new Verdict(false, matcher.group(1), e.getStatus().getReason(), matcher.group(2));
    }

    @Override
    public void close() {
        try (client) {
            objects.clear();
            rights.close();
            chart.close();
        }
    }
}
