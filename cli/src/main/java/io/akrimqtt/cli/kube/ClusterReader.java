package io.akrimqtt.cli.kube;

import io.akrimqtt.cli.inspect.InspectException;
import io.akrimqtt.cli.inspect.InspectException.Kind;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the API server tells. Nothing is kept: each question is a call.
 *
 * @param namespace where Instances are
 * @param everywhere whether they may be in all
 */
record ClusterReader(KubernetesClient client, String namespace, boolean everywhere) {

    /** On the pods that Akri makes. */
    static final String INSTANCE = "akri.sh/instance";

    private static final String HANDLERS = "app.kubernetes.io/component";
    private static final int FORBIDDEN = 403;

    private static final ResourceDefinitionContext INSTANCES = new ResourceDefinitionContext.Builder()
            .withGroup("akri.sh")
            .withVersion("v0")
            .withKind("Instance")
            .withPlural("instances")
            .withNamespaced(true)
            .build();

    /** Ours, by name. */
    List<AkriInstance> instances() throws InspectException {
        var all = client.genericKubernetesResources(INSTANCES);
        return told(
                        "list instances.akri.sh" + place(),
                        () -> everywhere
                                ? all.inAnyNamespace().list()
                                : all.inNamespace(namespace).list())
                .getItems()
                .stream()
                .map(AkriInstance::of)
                .flatMap(Optional::stream)
                .toList();
    }

    /** Those that Akri has made for Instances. */
    List<PodView> workloads() throws InspectException {
        return told(
                        "list pods" + place(),
                        () -> everywhere
                                ? client.pods()
                                        .inAnyNamespace()
                                        .withLabel(INSTANCE)
                                        .list()
                                : client.pods()
                                        .inNamespace(namespace)
                                        .withLabel(INSTANCE)
                                        .list())
                .getItems()
                .stream()
                .map(PodView::new)
                .toList();
    }

    /** Our discovery handlers' that are ready: in all namespaces or, where not all may be read, in that of the Instances. */
    List<PodView> handlers() throws InspectException {
        var found = told("list pods" + place(), () -> {
            try {
                return client.pods()
                        .inAnyNamespace()
                        .withLabel(HANDLERS, "discovery-handler")
                        .list();
            } catch (KubernetesClientException e) {
                if (e.getCode() != FORBIDDEN) {
                    throw e;
                }
                return client.pods()
                        .inNamespace(namespace)
                        .withLabel(HANDLERS, "discovery-handler")
                        .list();
            }
        });
        return found.getItems().stream()
                .map(PodView::new)
                .filter(PodView::ready)
                .toList();
    }

    private String place() {
        return everywhere ? " in all namespaces" : " in namespace " + namespace;
    }

    private <T> T told(String what, Supplier<T> question) throws InspectException {
        try {
            return question.get();
        } catch (KubernetesClientException e) {
            throw new InspectException(Kind.NO_RUN, sentence(what, e));
        }
    }

    private String sentence(String what, KubernetesClientException e) {
        var server = client.getMasterUrl();
        return switch (e.getCode()) {
            case 401 -> "the cluster at " + server + " does not know you";
            case FORBIDDEN -> "you may not " + what + " (expected: a role that allows it)";
            case 404 ->
                "the cluster at " + server
                        + " has no Instances of Akri (expected: Akri, whose chart brings them; is this "
                        + "the right context?)";
            default -> "the API server at " + server + " does not answer: " + cause(e);
        };
    }

    /** The innermost says what happened; those around it say what was tried. */
    private static String cause(Throwable e) {
        Throwable each = e;
        while (each.getCause() != null) {
            each = each.getCause();
        }
        return each.getMessage() == null ? each.getClass().getSimpleName() : each.getMessage();
    }
}
