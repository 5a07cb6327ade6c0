package io.akrimqtt.handler.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.http.Dispatcher;
import io.fabric8.mockwebserver.http.Headers;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;

/** fabric8's mock server with objects (CRUD), whose answers can be replaced, and which keeps every request. */
final class MockCluster implements AutoCloseable {

    /** It logs each request; held here, since loggers are held weakly. */
    private static final Logger NOISE = Logger.getLogger(MockWebServer.class.getName());

    private static final String APPLY = "application/apply-patch+yaml";

    private final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();
    private final KubernetesMockServer server;
    private volatile Function<RecordedRequest, Optional<MockResponse>> fault = _ -> Optional.empty();

    private MockCluster() {
        var crud = new KubernetesCrudDispatcher(List.of(custom(Kind.INSTANCE), custom(Kind.CONFIGURATION)));
        server = new KubernetesMockServer(
                new Context(),
                new MockWebServer(),
                new HashMap<>(),
                new Dispatcher() {
                    @Override
                    public MockResponse dispatch(RecordedRequest request) {
                        requests.add(request);
                        return fault.apply(request).orElseGet(() -> crud.dispatch(asMerge(request)));
                    }

                    @Override
                    public void shutdown() {
                        crud.shutdown();
                    }
                },
                false);
        server.init();
    }

    static MockCluster start() {
        NOISE.setLevel(Level.WARNING);
        return new MockCluster();
    }

    /** The mock server knows no server-side apply. */
    private static RecordedRequest asMerge(RecordedRequest request) {
        if (!APPLY.equals(request.getHeader("Content-Type"))) {
            return request;
        }
        var headers = Headers.builder()
                .add("Content-Type", "application/merge-patch+json")
                .build();
        return new RecordedRequest(
                request.getHttpVersion(), request.method(), request.getPath(), headers, request.getBody());
    }

    private static CustomResourceDefinitionContext custom(Kind kind) {
        return new CustomResourceDefinitionContext.Builder()
                .withGroup("akri.sh")
                .withVersion("v0")
                .withKind(kind.kind())
                .withPlural(kind.plural())
                .withScope("Namespaced")
                .build();
    }

    /** As production has it, but for watches: the mock server knows WebSockets only. */
    KubernetesClient client() {
        var config = new ConfigBuilder(
                        ClientFactory.settled(server.createClient().getConfiguration()))
                .withOnlyHttpWatches(false)
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    /** Answers by this function where it answers. */
    void fault(Function<RecordedRequest, Optional<MockResponse>> answers) {
        fault = answers;
    }

    void mend() {
        fault = _ -> Optional.empty();
    }

    /** All requests so far. */
    List<RecordedRequest> requests() {
        return List.copyOf(requests);
    }

    /** Those that write. */
    List<RecordedRequest> writes() {
        return requests.stream().filter(each -> !each.getMethod().equals("GET")).toList();
    }

    void forgetRequests() {
        requests.clear();
    }

    /** Makes an object of YAML. */
    GenericKubernetesResource create(KubernetesClient client, Kind kind, String yaml) {
        var resource = client.getKubernetesSerialization().unmarshal(yaml, GenericKubernetesResource.class);
        var objects = client.genericKubernetesResources(kind.context());
        return kind == Kind.NODE
                ? objects.resource(resource).create()
                : objects.inNamespace(resource.getMetadata().getNamespace())
                        .resource(resource)
                        .create();
    }

    static Function<RecordedRequest, Optional<MockResponse>> always(int code, String body) {
        return _ -> Optional.of(answer(code, body));
    }

    static MockResponse answer(int code, String body) {
        return new MockResponse()
                .setResponseCode(code)
                .setHeader("Content-Type", "application/json")
                .setBody(body);
    }

    /** The API server's form of a no. */
    static String status(int code, String reason, String message) {
        return "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"message\":\""
                + message.replace("\"", "\\\"") + "\",\"reason\":\"" + reason + "\",\"code\":" + code + "}";
    }

    @Override
    public void close() {
        server.destroy();
    }
}
