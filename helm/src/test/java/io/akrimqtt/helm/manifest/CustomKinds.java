package io.akrimqtt.helm.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.ServiceSpec;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The kinds that Kubernetes has not: Akri's Configuration as its custom resource definition and its program take it, and what we use of a
 * PodMonitor of the Prometheus operator. Fields that are not here are unknown.
 */
final class CustomKinds {

    /** {@code akri.sh/v0}. */
    record Configuration(String apiVersion, String kind, ObjectMeta metadata, Spec spec) {

        record Spec(
                DiscoveryHandler discoveryHandler,
                int capacity,
                @Nullable BrokerSpec brokerSpec,
                @Nullable ServiceSpec instanceServiceSpec,
                @Nullable ServiceSpec configurationServiceSpec,
                @Nullable Map<String, String> brokerProperties) {}

        record DiscoveryHandler(
                String name,
                String discoveryDetails,
                @Nullable List<Property> discoveryProperties) {}

        record Property(
                String name,
                @Nullable String value,
                @Nullable ValueFrom valueFrom) {}

        record ValueFrom(
                @Nullable Key secretKeyRef, @Nullable Key configMapKeyRef) {}

        /** Akri looks in namespace {@code default} where none is named, and cannot read a reference without key. */
        record Key(
                String name,
                String key,
                String namespace,
                @Nullable Boolean optional) {}

        record BrokerSpec(PodSpec brokerPodSpec) {}
    }

    /** {@code monitoring.coreos.com/v1}. */
    record PodMonitor(String apiVersion, String kind, ObjectMeta metadata, Monitored spec) {

        record Monitored(
                LabelSelector selector, @Nullable List<String> podTargetLabels, List<Endpoint> podMetricsEndpoints) {}

        record Endpoint(String port, String interval) {}
    }

    private CustomKinds() {}

    static Configuration configuration(Manifest manifest) {
        required(manifest, "/spec/discoveryHandler/name", "/spec/discoveryHandler/discoveryDetails");
        return KnownFields.read(manifest.tree(), Configuration.class);
    }

    private static void required(Manifest manifest, String... pointers) {
        for (var pointer : pointers) {
            JsonNode value = manifest.at(pointer);
            if (!value.isTextual() || value.asText().isEmpty()) {
                throw new IllegalArgumentException(manifest.id() + ": " + pointer + " is missing");
            }
        }
    }
}
