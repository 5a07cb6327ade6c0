package io.akrimqtt.handler.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.akrimqtt.handler.caretaker.Action.Tell;
import io.akrimqtt.handler.cluster.ObjectRef;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventsTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00.123456Z");
    private static final ObjectRef LINE = new ObjectRef("plant", "line", "conf-1", "7");

    private final MockCluster cluster = MockCluster.start();
    private final KubernetesClient client = cluster.client();
    private final AtomicReference<Instant> now = new AtomicReference<>(T0);
    private final Tally calls = new Tally();
    private final Events events = Events.start(
            client,
            "node-a",
            object -> object.uid().startsWith("conf") ? Kind.CONFIGURATION : Kind.INSTANCE,
            now::get,
            calls);

    @AfterEach
    void close() {
        events.close();
        client.close();
        cluster.close();
    }

    private List<Event> written() {
        return client.events().v1().events().inNamespace("plant").list().getItems();
    }

    private void awaitCalls(String what, String result, long count) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(calls.counts()).containsEntry(new Tally.Label(what, result), count));
    }

    private static Tell tell(String text) {
        return new Tell(LINE, Tell.Kind.GUARD_MISSING, true, text);
    }

    @Test
    void an_event_says_what_of_what_and_who_says_it() {
        events.tell(tell("the guard is not in force"));
        awaitCalls("create events", "done", 1);

        assertThat(written()).singleElement().satisfies(event -> {
            assertThat(event.getReason()).isEqualTo("GuardMissing");
            assertThat(event.getType()).isEqualTo("Warning");
            assertThat(event.getNote()).isEqualTo("the guard is not in force");
            assertThat(event.getAction()).isNotBlank();
            assertThat(event.getReportingController()).isEqualTo("akri-mqtt.io/discovery-handler");
            assertThat(event.getReportingInstance()).isEqualTo("akri-mqtt-node-a");
            assertThat(event.getEventTime().getTime()).isEqualTo("2026-01-01T00:00:00.123456Z");
            assertThat(event.getRegarding().getKind()).isEqualTo("Configuration");
            assertThat(event.getRegarding().getApiVersion()).isEqualTo("akri.sh/v0");
            assertThat(event.getRegarding().getName()).isEqualTo("line");
            assertThat(event.getRegarding().getNamespace()).isEqualTo("plant");
            assertThat(event.getRegarding().getUid()).isEqualTo("conf-1");
            assertThat(event.getMetadata().getName()).matches("line\\.[0-9a-f]+");
        });
    }

    @Test
    void repetitions_are_counted_in_the_same_event() {
        events.tell(tell("x"));
        awaitCalls("create events", "done", 1);
        now.set(T0.plus(EventLedger.COUNT));
        events.tell(tell("x"));
        awaitCalls("patch events", "done", 1);

        assertThat(written()).singleElement().satisfies(event -> {
            assertThat(event.getSeries().getCount()).isEqualTo(2);
            assertThat(event.getSeries().getLastObservedTime().getTime()).isEqualTo("2026-01-01T00:05:00.123456Z");
            assertThat(event.getNote()).isEqualTo("x");
        });
    }

    @Test
    void a_long_note_is_cut_between_characters() {
        events.tell(tell("ä🦔".repeat(400)));
        awaitCalls("create events", "done", 1);

        var note = written().getFirst().getNote();
        assertThat(note.getBytes(StandardCharsets.UTF_8).length).isBetween(1015, Events.MAX_NOTE);
        assertThat(note).startsWith("ä🦔ä🦔").endsWith("…").doesNotContain("\uFFFD");
        assertThat(Events.cut("x".repeat(1024), 1024)).hasSize(1024);
    }

    @Test
    void without_the_right_none_are_tried_for_a_while() {
        cluster.fault(MockCluster.always(
                403, MockCluster.status(403, "Forbidden", "User \"h\" cannot create resource \"events\"")));
        events.tell(tell("a"));
        awaitCalls("create events", "forbidden", 1);
        cluster.mend();
        events.tell(tell("b"));
        awaitCalls("create events", "dropped", 1);
        now.set(T0.plus(Events.REST));
        events.tell(tell("c"));
        awaitCalls("create events", "done", 1);

        assertThat(written()).extracting(Event::getNote).containsExactly("c");
    }

    @Test
    void an_event_that_did_not_come_through_is_said_again() {
        cluster.fault(MockCluster.always(500, ""));
        events.tell(tell("a"));
        awaitCalls("create events", "unreachable", 1);
        cluster.mend();
        events.tell(tell("a"));
        awaitCalls("create events", "done", 1);
    }

    @Test
    void a_count_for_an_event_that_is_gone_makes_a_new_one_the_next_time() {
        events.tell(tell("a"));
        awaitCalls("create events", "done", 1);
        client.events().v1().events().inNamespace("plant").delete();
        now.set(T0.plus(EventLedger.COUNT));
        events.tell(tell("a"));
        awaitCalls("patch events", "conflict", 1);
        events.tell(tell("a"));
        awaitCalls("create events", "done", 2);
    }
}
