package io.akrimqtt.cli.cluster.rest;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.akrimqtt.cli.cluster.ApiException;
import io.akrimqtt.cli.cluster.Caller;
import io.akrimqtt.cli.cluster.Resource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class HttpTest extends ServerStory {

    private static final String INSTANCES = "/apis/akri.sh/v0/namespaces/default/instances";
    private static final String MERGE = "application/merge-patch+json";
    private static final String APPLY = "application/apply-patch+yaml";

    @SuppressWarnings("NullAway.Init") // by JUnit
    private HttpClient http;

    @BeforeEach
    void openClient() throws Exception {
        http = HttpClient.newBuilder().sslContext(trusting(server)).build();
    }

    private static SSLContext trusting(ApiServer server) throws GeneralSecurityException, IOException {
        var anchors = KeyStore.getInstance("PKCS12");
        anchors.load(null, null);
        anchors.setCertificateEntry(
                "server",
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(
                                new ByteArrayInputStream(server.certificatePem().getBytes(US_ASCII))));
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(anchors);
        var context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    @AfterEach
    void closeClient() {
        http.shutdownNow();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server.url() + path))
                .header("Authorization", "Bearer " + server.token(Identity.ADMIN));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    private HttpResponse<String> write(String method, String path, String type, String body)
            throws IOException, InterruptedException {
        return send(request(path).method(method, BodyPublishers.ofString(body)).header("Content-Type", type));
    }

    private static JsonNode body(HttpResponse<String> response) throws IOException {
        return new ObjectMapper().readTree(response.body());
    }

    private static void assertStatus(HttpResponse<String> response, int code, String reason) throws IOException {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(code);
        assertThat(body(response).path("kind").asText()).isEqualTo("Status");
        assertThat(body(response).path("reason").asText()).isEqualTo(reason);
        assertThat(body(response).path("code").asInt()).isEqualTo(code);
    }

    @Test
    void a_call_without_a_known_token_is_refused_whatever_it_asks() throws Exception {
        var uri = URI.create(server.url() + "/version");
        assertStatus(send(HttpRequest.newBuilder(uri)), 401, "Unauthorized");
        assertStatus(send(HttpRequest.newBuilder(uri).header("Authorization", "Bearer x")), 401, "Unauthorized");
        assertThat(get("/version").statusCode()).isEqualTo(200);
    }

    @Test
    void tokens_of_another_server_are_unknown() throws Exception {
        try (var other = ApiServer.start(store, () -> NOW)) {
            var theirs = HttpRequest.newBuilder(URI.create(server.url() + "/version"))
                    .header("Authorization", "Bearer " + other.token(Identity.ADMIN));
            assertStatus(send(theirs), 401, "Unauthorized");
        }
    }

    @Test
    void the_token_says_user_and_node_and_the_query_says_manager_and_dry_run() throws Exception {
        createInstance("i");
        var seen = new AtomicReference<Caller>();
        store.admission((_, _, _, caller) -> seen.set(caller));
        var token = server.token(new Identity("system:serviceaccount:default:akri-mqtt", "node-a"));
        var patch = HttpRequest.newBuilder(URI.create(server.url() + INSTANCES + "/i?fieldManager=m&dryRun=All"))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", MERGE)
                .method("PATCH", BodyPublishers.ofString("{\"spec\":{\"capacity\":5}}"));

        assertThat(body(send(patch)).at("/spec/capacity").asInt()).isEqualTo(5);

        assertThat(seen.get()).isEqualTo(new Caller("system:serviceaccount:default:akri-mqtt", "node-a", "m", true));
        assertThat(stored("i").at("/spec/capacity").asInt()).isEqualTo(1);
    }

    @Test
    void refusals_are_status_objects_with_their_code() throws Exception {
        createInstance("i");
        assertStatus(get(INSTANCES + "/none"), 404, "NotFound");
        assertStatus(get("/apis/akri.sh/v0/gadgets"), 404, "NotFound");
        assertStatus(get("/apis/akri.sh/v0/namespaces/default/instances/i/status"), 404, "NotFound");
        assertStatus(get("/nothing"), 404, "NotFound");
        assertStatus(write("POST", INSTANCES, "application/json", "{\"metadata\":"), 400, "BadRequest");
        assertStatus(write("POST", INSTANCES, "application/json", "[]"), 400, "BadRequest");
        assertStatus(write("POST", INSTANCES, "application/json", "{} {}"), 400, "BadRequest");
        assertStatus(
                write("POST", INSTANCES, "application/json", "{\"a\":".repeat(200) + "1" + "}".repeat(200)),
                400,
                "BadRequest");
        assertStatus(
                write("POST", INSTANCES, "application/json", "x".repeat(Bodies.MOST + 1)),
                413,
                "RequestEntityTooLarge");
        assertStatus(
                write("POST", INSTANCES, "application/json", "{\"metadata\":{\"name\":\"i\"}}"), 409, "AlreadyExists");
        assertStatus(
                write("PATCH", INSTANCES + "/i", "application/json-patch+json", "[]"), 415, "UnsupportedMediaType");
        assertStatus(write("PATCH", INSTANCES + "/i?dryRun=Some", MERGE, "{}"), 400, "BadRequest");
        assertStatus(write("PATCH", INSTANCES + "/i", MERGE, "{\"spec\":{\"nodes\":\"x\"}}"), 422, "Invalid");
        assertStatus(write("PATCH", INSTANCES + "/i", APPLY, "spec: {}"), 400, "BadRequest");
        assertStatus(write("DELETE", INSTANCES, "application/json", ""), 405, "MethodNotAllowed");
        assertStatus(get(INSTANCES + "?labelSelector=%21%21%21"), 400, "BadRequest");
        store.admission((_, _, _, _) -> {
            throw new ApiException(403, "Forbidden", "no");
        });
        assertStatus(write("DELETE", INSTANCES + "/i", "application/json", ""), 403, "Forbidden");
    }

    @Test
    void an_apply_may_be_yaml_and_a_conflict_is_told_unless_forced() throws Exception {
        createInstance("i");
        var slot = "spec:\n  brokerProperties:\n    TOPIC: other\n";

        var refused = write("PATCH", INSTANCES + "/i?fieldManager=dp-b", APPLY, slot);
        var forced = write("PATCH", INSTANCES + "/i?fieldManager=dp-b&force=true", APPLY, slot);

        assertStatus(refused, 409, "Conflict");
        assertThat(body(refused).path("message").asText()).contains(".spec.brokerProperties.TOPIC");
        assertThat(body(forced).at("/spec/brokerProperties/TOPIC").asText()).isEqualTo("other");
    }

    @Test
    void without_a_manager_the_program_of_the_user_agent_is_it() throws Exception {
        createInstance("i");
        send(request(INSTANCES + "/i")
                .header("Content-Type", MERGE)
                .header("User-Agent", "agent/0.13 (linux)")
                .method("PATCH", BodyPublishers.ofString("{\"spec\":{\"capacity\":2}}")));

        assertThat(stored("i").at("/metadata/managedFields/0/manager").asText()).isEqualTo("agent");
    }

    @Test
    void selectors_choose_among_a_list() throws Exception {
        createInstance("a");
        createInstance("b");
        store.mergePatch(Resource.INSTANCE, NS, "b", json("{'metadata': {'labels': {'color': 'blue'}}}"), Caller.ADMIN);

        assertThat(names(INSTANCES + "?labelSelector=color%3Dblue")).containsExactly("b");
        assertThat(names(INSTANCES + "?labelSelector=color%20in%20(red,green),color"))
                .containsExactly("a");
        assertThat(names(INSTANCES + "?labelSelector=color!%3Dblue")).containsExactly("a");
        assertThat(names(INSTANCES + "?labelSelector=!color")).isEmpty();
        assertThat(names(INSTANCES + "?fieldSelector=metadata.name%3Da")).containsExactly("a");
        assertThat(names("/apis/akri.sh/v0/instances")).containsExactly("a", "b");
        assertThat(names("/apis/akri.sh/v0/namespaces/other/instances")).isEmpty();
    }

    private Stream<String> names(String path) throws IOException, InterruptedException {
        var names = new ArrayList<String>();
        body(get(path))
                .path("items")
                .forEach(item -> names.add(item.at("/metadata/name").asText()));
        return names.stream();
    }

    private Iterator<String> watch(String parameters) throws IOException, InterruptedException {
        return http.send(request(INSTANCES + "?watch=true&" + parameters).build(), BodyHandlers.ofLines())
                .body()
                .iterator();
    }

    private static String next(Iterator<String> lines) throws IOException {
        var line = new ObjectMapper().readTree(lines.next());
        return line.path("type").asText() + " "
                + line.at("/object/metadata/name").asText();
    }

    @Test
    void a_watch_tells_each_change_as_a_line() throws Exception {
        createInstance("a");
        var lines = watch("resourceVersion=0");
        assertThat(next(lines)).isEqualTo("ADDED a");
        createInstance("b");
        store.delete(Resource.INSTANCE, NS, "a", "", "", Caller.ADMIN);

        assertThat(next(lines)).isEqualTo("ADDED b");
        assertThat(next(lines)).isEqualTo("DELETED a");
    }

    @Test
    @Timeout(60)
    void a_watch_ends_in_time() throws Exception {
        createInstance("a");

        var lines = watch("resourceVersion=0&timeoutSeconds=1");

        assertThat(next(lines)).isEqualTo("ADDED a");
        assertThat(lines.hasNext()).isFalse();
    }

    @Test
    void a_watch_with_a_selector_loses_what_no_longer_matches_and_gets_it_back() throws Exception {
        createInstance("a");
        var lines = watch("labelSelector=color%3Dred&resourceVersion=1");
        label("blue");
        label("green");
        label("red");
        label("red2");

        assertThat(next(lines)).isEqualTo("DELETED a");
        assertThat(next(lines)).isEqualTo("ADDED a");
        assertThat(next(lines)).isEqualTo("DELETED a");
    }

    private void label(String color) {
        store.mergePatch(
                Resource.INSTANCE, NS, "a", json("{'metadata': {'labels': {'color': '" + color + "'}}}"), Caller.ADMIN);
    }

    @Test
    void a_watch_from_an_expired_version_says_so_as_its_only_event() throws Exception {
        for (int i = 0; i < 15; i++) {
            createInstance("i" + i);
        }
        var lines = watch("resourceVersion=1");
        var error = new ObjectMapper().readTree(lines.next());

        assertThat(error.path("type").asText()).isEqualTo("ERROR");
        assertThat(error.at("/object/code").asInt()).isEqualTo(410);
        assertThat(error.at("/object/reason").asText()).isEqualTo("Expired");
        assertThat(lines.hasNext()).isFalse();
    }

    @Test
    void the_bookmarks_of_a_quiet_watch_keep_its_version_young() throws Exception {
        createInstance("a");
        var lines = watch("resourceVersion=1&allowWatchBookmarks=true&timeoutSeconds=15");
        var bookmark = new ObjectMapper().readTree(lines.next());

        assertThat(bookmark.path("type").asText()).isEqualTo("BOOKMARK");
        assertThat(bookmark.at("/object/metadata/resourceVersion").asText()).isEqualTo("1");
    }

    @Test
    void events_of_the_core_group_are_the_same_under_their_other_names() throws Exception {
        createEvent();
        var core = "/api/v1/namespaces/default/events";
        var event =
                body(get(core + "?fieldSelector=involvedObject.name%3Dmqtt")).at("/items/0");

        assertThat(event.path("message").asText()).isEqualTo("no answer");
        assertThat(event.path("apiVersion").asText()).isEqualTo("v1");
        assertThat(event.has("note")).isFalse();
        write("PATCH", core + "/e1", MERGE, "{\"message\":\"again\",\"count\":2}");
        var own = store.get(Resource.EVENT, NS, "e1");
        assertThat(own.path("note").asText()).isEqualTo("again");
        assertThat(own.path("deprecatedCount").asInt()).isEqualTo(2);
        assertThat(own.path("apiVersion").asText()).isEqualTo("events.k8s.io/v1");
    }

    @Test
    void the_status_of_a_pod_is_written_at_its_own_place_only() throws Exception {
        createPod();
        var pod = "/api/v1/namespaces/default/pods/mqtt-1-pod";
        write("PATCH", pod, MERGE, "{\"status\":{\"phase\":\"Failed\"}}");
        assertThat(body(get(pod)).at("/status/phase").asText()).isEqualTo("Running");
        write("PATCH", pod + "/status", MERGE, "{\"status\":{\"phase\":\"Failed\"}}");
        assertThat(body(get(pod)).at("/status/phase").asText()).isEqualTo("Failed");
    }

    @Test
    void the_kubeconfig_is_the_owners_alone_and_replaces_what_was_there(@TempDir Path directory) throws Exception {
        var file = directory.resolve("kubeconfig");
        Files.writeString(file, "old");
        server.writeKubeconfig(file, Identity.ADMIN);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(file))
                .contains("server: " + server.url(), "token: ")
                .doesNotContain("old");
        assertThat(directory.toFile().list()).hasSize(1);
    }
}
