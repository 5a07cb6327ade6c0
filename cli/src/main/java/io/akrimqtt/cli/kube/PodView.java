package io.akrimqtt.cli.kube;

import io.akrimqtt.cli.process.WorkloadState;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A pod as people ask for it. */
record PodView(Pod pod) {

    String namespace() {
        return pod.getMetadata().getNamespace();
    }

    String name() {
        return pod.getMetadata().getName();
    }

    /** Empty before it is scheduled. */
    String node() {
        @Nullable String node = pod.getSpec() == null ? null : pod.getSpec().getNodeName();
        return node == null ? "" : node;
    }

    String label(String key) {
        var labels = pod.getMetadata().getLabels();
        return labels == null ? "" : labels.getOrDefault(key, "");
    }

    boolean ready() {
        return condition("Ready")
                .filter(each -> "True".equals(each.getStatus()))
                .isPresent();
    }

    WorkloadState state() {
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            return WorkloadState.STOPPING;
        }
        if (ready()) {
            return WorkloadState.RUNNING;
        }
        var why = reason();
        if (why.equals("CrashLoopBackOff") || phase().equals("Failed")) {
            return WorkloadState.RESTARTING;
        }
        if (why.contains("Image") || why.startsWith("CreateContainer") || why.equals("RunContainerError")) {
            return WorkloadState.REFUSED;
        }
        if (phase().equals("Running")) {
            return restarts() > 0 ? WorkloadState.UNREADY : WorkloadState.STARTING;
        }
        return node().isEmpty() ? WorkloadState.WAITING : WorkloadState.STARTING;
    }

    private int restarts() {
        return containers().mapToInt(ContainerStatus::getRestartCount).sum();
    }

    /** Why it is not ready, in Kubernetes' own word, such as {@code ImagePullBackOff}; empty for nothing. */
    String reason() {
        var waiting = containers()
                .map(ContainerStatus::getState)
                .filter(state -> state != null && state.getWaiting() != null)
                .map(ContainerState::getWaiting)
                .map(state -> state.getReason())
                .filter(reason -> reason != null && !reason.equals("ContainerCreating"))
                .findFirst();
        return waiting.or(() -> condition("PodScheduled")
                        .filter(each -> !"True".equals(each.getStatus()))
                        .map(PodCondition::getReason))
                .orElse("");
    }

    /** In lower case, with Kubernetes' word for what is wrong. */
    String words() {
        var word = state().name().toLowerCase(Locale.ROOT);
        return ready() || reason().isEmpty() ? word : word + " (" + reason() + ")";
    }

    private String phase() {
        return pod.getStatus() == null || pod.getStatus().getPhase() == null
                ? ""
                : pod.getStatus().getPhase();
    }

    private Stream<ContainerStatus> containers() {
        return pod.getStatus() == null || pod.getStatus().getContainerStatuses() == null
                ? Stream.empty()
                : pod.getStatus().getContainerStatuses().stream();
    }

    private Optional<PodCondition> condition(String type) {
        return pod.getStatus() == null || pod.getStatus().getConditions() == null
                ? Optional.empty()
                : pod.getStatus().getConditions().stream()
                        .filter(each -> type.equals(each.getType()))
                        .findFirst();
    }

    /** The value of a variable of any of its containers, where it stands in the pod itself. */
    Optional<String> variable(String name) {
        return pod.getSpec().getContainers().stream()
                .flatMap(container -> container.getEnv() == null ? Stream.empty() : container.getEnv().stream())
                .filter(each -> name.equals(each.getName()) && each.getValue() != null)
                .map(EnvVar::getValue)
                .findFirst();
    }

    /** The later one is the one that counts, where an older one is still ending. */
    static Optional<PodView> best(List<PodView> pods) {
        return pods.stream()
                .filter(PodView::ready)
                .findFirst()
                .or(() -> pods.stream()
                        .filter(each -> each.state() != WorkloadState.STOPPING)
                        .findFirst())
                .or(() -> pods.stream().findFirst());
    }
}
