package io.akrimqtt.handler.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.akrimqtt.handler.caretaker.Action;
import io.akrimqtt.handler.kubernetes.Rights.Right;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The table of rights against the calls that are really made. */
class RightsTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Pattern PATH =
            Pattern.compile("/apis?(?:/(?<group>[a-z0-9.]+\\.[a-z0-9.]+))?/v[0-9]+(?:/namespaces/(?<namespace>[^/]+))?"
                    + "/(?<resource>[a-z]+)(?:/(?<name>[^/?]+))?(?:\\?(?<query>.*))?");

    private record Call(String group, String resource, String verb, boolean everywhere) {}

    @Test
    void what_the_role_has_to_allow_is_what_is_asked_for_and_nothing_else() {
        try (var cluster = MockCluster.start();
                var client = cluster.client()) {
            var watch = ClusterWatch.start(
                    client,
                    new ClusterWatch.Watched("node-a", "mqtt", "akri", "handlers"),
                    ClusterWatchTest.QUICK,
                    new Random(7));
            await().atMost(SOON).until(() -> watch.current().reachable());
            writeAll(cluster);
            tellTwice(cluster);

            // What is watched is listed before.
            await().atMost(SOON).untilAsserted(() -> assertThat(asked(cluster)).containsExactlyElementsOf(table()));
            watch.close();
        }
    }

    private static void writeAll(MockCluster cluster) {
        var outcomes = new AtomicInteger();
        var instance = Objects.instance(List.of("node-a", "node-b"), List.of("node-a", "node-b"));
        try (var client = cluster.client();
                var writer = ClusterWriter.start(
                        client, _ -> Optional.of(instance), () -> true, () -> Instant.EPOCH, new Tally())) {
            var writes = ClusterWriterTest.writes()
                    .map(each -> (Action.Write) each.get()[0])
                    .toList();
            writes.forEach(each -> writer.write(each, (_, _) -> outcomes.incrementAndGet()));
            await().atMost(SOON).until(() -> outcomes.get() == writes.size());
        }
    }

    private static void tellTwice(MockCluster cluster) {
        var now = new AtomicReference<>(Instant.EPOCH);
        var calls = new Tally();
        try (var client = cluster.client();
                var events = Events.start(client, "node-a", _ -> Kind.INSTANCE, now::get, calls)) {
            var tell = new Action.Tell(Objects.REF, Action.Tell.Kind.MENDED, false, "x");
            events.tell(tell);
            await().atMost(SOON).until(() -> calls.counts().size() == 1);
            now.set(Instant.EPOCH.plus(EventLedger.COUNT));
            events.tell(tell);
            await().atMost(SOON).until(() -> calls.counts().size() == 2);
        }
    }

    private static List<String> asked(MockCluster cluster) {
        var calls = new TreeSet<String>();
        cluster.requests().forEach(each -> calls.add(text(call(each))));
        return List.copyOf(calls);
    }

    private static Call call(RecordedRequest request) {
        var path = PATH.matcher(request.getPath());
        assertThat(path.matches())
                .as("%s %s", request.getMethod(), request.getPath())
                .isTrue();
        var query = Optional.ofNullable(path.group("query")).orElse("");
        boolean named = path.group("name") != null;
        var verb = switch (request.getMethod()) {
            case "GET" -> query.contains("watch=true") ? "watch" : named ? "get" : "list";
            case "POST" -> "create";
            case "PUT" -> "update";
            case "PATCH" -> "patch";
            case "DELETE" -> named ? "delete" : "deletecollection";
            default -> request.getMethod();
        };
        return new Call(
                Optional.ofNullable(path.group("group")).orElse(""),
                path.group("resource"),
                verb,
                !"akri".equals(path.group("namespace")));
    }

    private static List<String> table() {
        var calls = new ArrayList<Call>();
        for (Right right : Rights.ALL) {
            right.verbs()
                    .forEach(verb -> calls.add(new Call(right.group(), right.resource(), verb, right.everywhere())));
        }
        return calls.stream()
                .map(RightsTest::text)
                .sorted(Comparator.naturalOrder())
                .toList();
    }

    private static String text(Call call) {
        return call.group() + " " + call.resource() + " " + call.verb()
                + (call.everywhere() ? " everywhere" : " in our namespace");
    }
}
