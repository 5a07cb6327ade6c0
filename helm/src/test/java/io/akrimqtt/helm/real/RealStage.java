package io.akrimqtt.helm.real;

import com.marcnuri.helm.Helm;
import io.akrimqtt.helm.AkriKinds;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A cluster with the chart in a namespace of its own, which goes in the end. */
final class RealStage implements AutoCloseable {

    static final String NAMESPACE = "akri-mqtt-e2e";
    static final String RELEASE = "akri-mqtt";

    /** No resource at all. */
    static final String EVERYTHING = "";

    private static final String PERSON = "akri-mqtt-person";

    final KubernetesClient client;
    private final Path kubeconfig;
    private final Path folder;

    RealStage(Path kubeconfig, Path folder) throws IOException {
        this.kubeconfig = kubeconfig;
        this.folder = folder;
        this.client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(Files.readString(kubeconfig)))
                .build();
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build())
                .createOr(namespace -> namespace.update());
    }

    /** Where pods reach the API server without a proxy for Services: what it says of itself. */
    private String apiServer() {
        var slice = client.discovery()
                .v1()
                .endpointSlices()
                .inNamespace("default")
                .withName("kubernetes")
                .get();
        return "{host: '%s', port: %d}"
                .formatted(
                        slice.getEndpoints().getFirst().getAddresses().getFirst(),
                        slice.getPorts().getFirst().getPort());
    }

    /** The address of a node. */
    String address() {
        return client.nodes().list().getItems().getFirst().getStatus().getAddresses().stream()
                .filter(each -> each.getType().equals("InternalIP"))
                .findFirst()
                .orElseThrow()
                .getAddress();
    }

    int nodes() {
        return client.nodes().list().getItems().size();
    }

    private static String image(String variable) {
        var image = System.getenv(variable);
        int colon = image.lastIndexOf(':');
        return "{repository: %s, tag: '%s', pullPolicy: Never}"
                .formatted(image.substring(0, colon), image.substring(colon + 1));
    }

    /** @param generation anything; another one makes the handlers roll */
    Path values(String server, String generation) throws IOException {
        return Files.writeString(folder.resolve("values.yaml"), """
                akri: {agent: {namespace: akri}}
                handler:
                  image: %s
                  kubernetes: %s
                  podAnnotations: {generation: '%s'}
                monitoringBroker:
                  image: %s
                  services: {configuration: true, headless: true, unguarded: true}
                configurations:
                  - name: e2e
                    details:
                      serverUrls: ['%s']
                      topics: ['factory/{area}/{device}/#']
                      presence: {offlineGrace: 3s, silenceTimeout: 5m}
                      commands: {topic: '{device}/cmd/{command}'}
                """.formatted(
                image("AKRI_MQTT_HANDLER_IMAGE"), apiServer(), generation, image("AKRI_MQTT_BROKER_IMAGE"), server));
    }

    /**
     * A kubeconfig of somebody who has the rights of the sample's role in our namespace.
     *
     * @param but a resource of which the person has none
     */
    String person(Path folder, String but) throws IOException {
        client.resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName(PERSON)
                        .withNamespace(NAMESPACE)
                        .endMetadata()
                        .build())
                .createOr(each -> each.update());
        var sample = (ClusterRole) client.load(Files.newInputStream(Path.of("../samples/kubernetes/people/role.yaml")))
                .items()
                .getFirst();
        client.resource(new RoleBuilder()
                        .withNewMetadata()
                        .withName(PERSON)
                        .withNamespace(NAMESPACE)
                        .endMetadata()
                        .withRules(sample.getRules().stream()
                                .filter(rule -> !rule.getResources().contains(but))
                                .toList())
                        .build())
                .createOr(each -> each.update());
        client.resource(new RoleBindingBuilder()
                        .withNewMetadata()
                        .withName(PERSON)
                        .withNamespace(NAMESPACE)
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "Role", PERSON)
                        .addNewSubject("", "ServiceAccount", PERSON, NAMESPACE)
                        .build())
                .createOr(each -> each.update());
        var token = client.serviceAccounts()
                .inNamespace(NAMESPACE)
                .withName(PERSON)
                .tokenRequest(new TokenRequestBuilder()
                        .withNewSpec()
                        .withExpirationSeconds(3600L)
                        .endSpec()
                        .build())
                .getStatus()
                .getToken();
        return Files.writeString(folder.resolve("person.kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: real, cluster: {server: "%s", insecure-skip-tls-verify: true}}]
                users: [{name: person, user: {token: "%s"}}]
                contexts: [{name: real, context: {cluster: real, user: person}}]
                current-context: real
                """.formatted(client.getMasterUrl(), token))
                .toString();
    }

    void install(Path values) {
        new Helm(Path.of("akri-mqtt"))
                .install()
                .withName(RELEASE)
                .withNamespace(NAMESPACE)
                .withKubeConfig(kubeconfig)
                .withValuesFile(values)
                .call();
    }

    void upgrade(Path values) {
        new Helm(Path.of("akri-mqtt"))
                .upgrade()
                .withName(RELEASE)
                .withNamespace(NAMESPACE)
                .withKubeConfig(kubeconfig)
                .withValuesFile(values)
                .call();
    }

    void uninstall() {
        Helm.uninstall(RELEASE)
                .withNamespace(NAMESPACE)
                .withKubeConfig(kubeconfig)
                .call();
    }

    /** Whether every node has a handler of the current generation that is ready, and no other. */
    boolean rolledOut() {
        var daemons = client.apps()
                .daemonSets()
                .inNamespace(NAMESPACE)
                .withName(RELEASE)
                .get();
        var status = daemons.getStatus();
        return status.getObservedGeneration() != null
                && status.getObservedGeneration().equals(daemons.getMetadata().getGeneration())
                && Integer.valueOf(nodes()).equals(status.getUpdatedNumberScheduled())
                && Integer.valueOf(nodes()).equals(status.getNumberReady())
                && handlers() == nodes();
    }

    private long handlers() {
        return client.pods()
                .inNamespace(NAMESPACE)
                .withLabel("app.kubernetes.io/component", "discovery-handler")
                .list()
                .getItems()
                .size();
    }

    /** Names of devices, and the UIDs of their Instances. */
    Map<String, String> instances() {
        return all(AkriKinds.INSTANCES).stream()
                .collect(Collectors.toMap(
                        each -> String.valueOf(each.<Object>get("spec", "brokerProperties", "MQTT_DEVICE_NAME")),
                        each -> each.getMetadata().getUid(),
                        (one, _) -> one,
                        TreeMap::new));
    }

    /** Names of devices, and the nodes that their Instances name. */
    Map<String, List<String>> homes() {
        return all(AkriKinds.INSTANCES).stream()
                .collect(Collectors.toMap(
                        each -> String.valueOf(each.<Object>get("spec", "brokerProperties", "MQTT_DEVICE_NAME")),
                        each -> List.copyOf(each.<List<String>>get("spec", "nodes"))));
    }

    /** A Configuration without workloads, as somebody applies it. */
    void configuration(String name, String details) {
        var made = new GenericKubernetesResource();
        made.setApiVersion("akri.sh/v0");
        made.setKind("Configuration");
        made.setMetadata(
                new ObjectMetaBuilder().withName(name).withNamespace(NAMESPACE).build());
        made.setAdditionalProperty(
                "spec", Map.of("capacity", 1, "discoveryHandler", Map.of("name", "mqtt", "discoveryDetails", details)));
        client.resource(made).create();
    }

    /** What {@code kubectl describe} shows of it: reasons of Events, with their texts. */
    List<String> events(String configuration) {
        return client.events().v1().events().inNamespace(NAMESPACE).list().getItems().stream()
                .filter(each -> configuration.equals(each.getRegarding().getName()))
                .map(each -> each.getReason() + ": " + each.getNote())
                .toList();
    }

    void remove(String configuration) {
        client.genericKubernetesResources(AkriKinds.CONFIGURATIONS)
                .inNamespace(NAMESPACE)
                .withName(configuration)
                .delete();
    }

    /** UIDs of workloads' pods, and how often their containers have restarted. */
    Map<String, Integer> workloads() {
        return pods().stream()
                .filter(RealStage::running)
                .collect(Collectors.toMap(
                        each -> each.getMetadata().getUid(),
                        each -> each.getStatus()
                                .getContainerStatuses()
                                .getFirst()
                                .getRestartCount(),
                        (one, _) -> one,
                        TreeMap::new));
    }

    List<Pod> pods() {
        return client.pods()
                .inNamespace(NAMESPACE)
                .withLabel("akri.sh/instance")
                .list()
                .getItems();
    }

    /** Whom the name of the Configuration's Service stands for. */
    List<String> served() {
        var service =
                client.services().inNamespace(NAMESPACE).withName("e2e-svc").get();
        if (service == null || !"None".equals(service.getSpec().getClusterIP())) {
            return List.of();
        }
        return client
                .discovery()
                .v1()
                .endpointSlices()
                .inNamespace(NAMESPACE)
                .withLabel("kubernetes.io/service-name", "e2e-svc")
                .list()
                .getItems()
                .stream()
                .flatMap(slice -> slice.getEndpoints().stream())
                .filter(endpoint -> Boolean.TRUE.equals(endpoint.getConditions().getReady()))
                .flatMap(endpoint -> endpoint.getAddresses().stream())
                .toList();
    }

    private static boolean running(Pod pod) {
        return pod.getStatus().getConditions().stream()
                .anyMatch(each ->
                        each.getType().equals("Ready") && each.getStatus().equals("True"));
    }

    /** What of the chart and of Akri is still there, as kind and name. */
    List<String> leftovers() {
        var found = all(AkriKinds.INSTANCES).stream()
                .map(each -> "Instance " + each.getMetadata().getName() + " "
                        + each.getMetadata().getFinalizers())
                .collect(Collectors.toList());
        all(AkriKinds.CONFIGURATIONS)
                .forEach(each -> found.add("Configuration " + each.getMetadata().getName() + " "
                        + each.getMetadata().getFinalizers()));
        client.pods()
                .inNamespace(NAMESPACE)
                .list()
                .getItems()
                .forEach(each -> found.add("Pod " + each.getMetadata().getName()));
        client.services()
                .inNamespace(NAMESPACE)
                .list()
                .getItems()
                .forEach(each -> found.add("Service " + each.getMetadata().getName()));
        client.secrets()
                .inNamespace(NAMESPACE)
                .list()
                .getItems()
                .forEach(each -> found.add("Secret " + each.getMetadata().getName()));
        client.rbac().clusterRoles().list().getItems().stream()
                .filter(each -> each.getMetadata().getName().startsWith(RELEASE))
                .forEach(each -> found.add("ClusterRole " + each.getMetadata().getName()));
        client.admissionRegistration().v1().validatingAdmissionPolicies().list().getItems().stream()
                .filter(each -> each.getMetadata().getName().contains(RELEASE))
                .forEach(each -> found.add(
                        "ValidatingAdmissionPolicy " + each.getMetadata().getName()));
        return found;
    }

    private List<GenericKubernetesResource> all(ResourceDefinitionContext kind) {
        return client.genericKubernetesResources(kind)
                .inNamespace(NAMESPACE)
                .list()
                .getItems();
    }

    /** What tells why it went wrong: logs of all pods. */
    String logs() {
        return client.pods().inNamespace(NAMESPACE).list().getItems().stream()
                .map(pod -> "--- " + pod.getMetadata().getName() + "\n"
                        + client.pods()
                                .inNamespace(NAMESPACE)
                                .withName(pod.getMetadata().getName())
                                .tailingLines(20)
                                .getLog())
                .collect(Collectors.joining("\n"));
    }

    @Override
    public void close() {
        client.namespaces().withName(NAMESPACE).delete();
        client.close();
    }
}
