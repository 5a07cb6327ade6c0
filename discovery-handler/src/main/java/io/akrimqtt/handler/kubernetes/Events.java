package io.akrimqtt.handler.kubernetes;

import io.akrimqtt.handler.caretaker.Action.Tell;
import io.akrimqtt.handler.cluster.ObjectRef;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells people by Kubernetes Events ({@code events.k8s.io/v1}), which {@code kubectl describe} shows. Thread-safe; one virtual
 * thread, so that Events never hold writes up. At most {@link #QUEUE} wait, further ones are dropped and counted. Without the right
 * to write Events none are written for {@link #REST}; that is said once.
 */
final class Events implements AutoCloseable {

    /** How many wait at most. */
    static final int QUEUE = 256;

    /** The longest note in bytes; the API takes 1024. */
    static final int MAX_NOTE = 1024;

    /** How long nothing is tried after the API server has said that we may not. */
    static final Duration REST = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(Events.class);
    private static final String CONTROLLER = "akri-mqtt.io/discovery-handler";
    private static final int MAX_NAME = 200;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final KubernetesClient client;
    private final String instance;
    private final Function<ObjectRef, Kind> kinds;
    private final InstantSource clock;
    private final Tally calls;
    private final EventLedger ledger = new EventLedger();
    private final BlockingQueue<Tell> tells = new ArrayBlockingQueue<>(QUEUE);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = Thread.ofVirtual().name("events").unstarted(this::run);
    private Instant restUntil = Instant.MIN;
    private boolean told;

    private Events(
            KubernetesClient client,
            String instance,
            Function<ObjectRef, Kind> kinds,
            InstantSource clock,
            Tally calls) {
        this.client = client;
        this.instance = instance;
        this.kinds = kinds;
        this.clock = clock;
        this.calls = calls;
    }

    /**
     * Starts the thread.
     *
     * @param node named as the one who reports
     * @param kinds what an object is
     * @param clock the wall's
     */
    static Events start(
            KubernetesClient client, String node, Function<ObjectRef, Kind> kinds, InstantSource clock, Tally calls) {
        var events = new Events(client, "akri-mqtt-" + cut(node, 100), kinds, clock, calls);
        events.thread.start();
        return events;
    }

    /** Takes what is to be told; never blocks. */
    void tell(Tell tell) {
        if (!tells.offer(tell)) {
            calls.add("create events", "dropped");
        }
    }

    private void run() {
        try {
            while (closed.getCount() > 0) {
                var entry = ledger.say(tells.take(), clock.instant());
                if (entry.isEmpty()) {
                    continue;
                }
                log(entry.get());
                if (clock.instant().isBefore(restUntil)) {
                    calls.add("create events", "dropped");
                } else {
                    write(entry.get());
                }
            }
        } catch (InterruptedException _) {
            // Closed.
        }
    }

    /** Once each, as the Event. */
    private static void log(EventLedger.Entry entry) {
        if (entry.count() > 1) {
            return;
        }
        (entry.warning() ? LOG.atWarn() : LOG.atInfo())
                .addKeyValue(LogKey.OBJECT, entry.object().name())
                .addKeyValue(LogKey.ACTION, entry.kind().reason())
                .addKeyValue(LogKey.REASON, entry.text())
                .log("told of an object");
    }

    private void write(EventLedger.Entry entry) {
        boolean first = entry.count() == 1;
        var what = first ? "create events" : "patch events";
        try {
            if (first) {
                client.events()
                        .v1()
                        .events()
                        .inNamespace(entry.object().namespace())
                        .resource(event(entry))
                        .create();
            } else {
                count(entry);
            }
            calls.add(what, "done");
            told = false;
        } catch (RuntimeException e) {
            failed(entry, what, e);
        }
    }

    private void failed(EventLedger.Entry entry, String what, RuntimeException e) {
        var outcome = ApiFailure.outcome(e);
        calls.add(what, outcome.name().toLowerCase(Locale.ROOT));
        switch (outcome) {
            case FORBIDDEN -> {
                restUntil = clock.instant().plus(REST);
                if (!told) {
                    LOG.atWarn()
                            .addKeyValue(LogKey.REASON, ApiFailure.text(e))
                            .log("kubernetes events may not be written: only this log tells");
                }
                told = true;
            }
            case CONFLICT, REFUSED, UNREACHABLE, DONE -> {
                ledger.forget(entry);
                LOG.atDebug()
                        .addKeyValue(LogKey.REASON, ApiFailure.text(e))
                        .log("a kubernetes event could not be written");
            }
        }
    }

    private void count(EventLedger.Entry entry) {
        var series = Map.of("series", Map.of("count", entry.count(), "lastObservedTime", TIME.format(entry.last())));
        client.events()
                .v1()
                .events()
                .inNamespace(entry.object().namespace())
                .resource(event(entry))
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        client.getKubernetesSerialization().asJson(series));
    }

    private Event event(EventLedger.Entry entry) {
        var kind = kinds.apply(entry.object());
        return new EventBuilder()
                .withNewMetadata()
                .withName(name(entry))
                .withNamespace(entry.object().namespace())
                .endMetadata()
                .withEventTime(new MicroTime(TIME.format(entry.first())))
                .withReportingController(CONTROLLER)
                .withReportingInstance(instance)
                .withAction(entry.kind().reason())
                .withReason(entry.kind().reason())
                .withType(entry.warning() ? "Warning" : "Normal")
                .withNote(cut(entry.text(), MAX_NOTE))
                .withNewRegarding()
                .withApiVersion(kind.apiVersion())
                .withKind(kind.kind())
                .withName(entry.object().name())
                .withNamespace(entry.object().namespace())
                .withUid(entry.object().uid())
                .endRegarding()
                .build();
    }

    /** The same for the first and for its counts, another for each node, text and time. */
    private String name(EventLedger.Entry entry) {
        int text = (instance + entry.kind() + entry.text() + entry.object().uid()).hashCode();
        var object = entry.object().name();
        return object.substring(0, Math.min(MAX_NAME, object.length())) + "."
                + HexFormat.of().toHexDigits(text)
                + Long.toHexString(entry.first().toEpochMilli());
    }

    /** At most so many bytes of UTF-8, without half a character. */
    static String cut(String text, int most) {
        if (text.getBytes(StandardCharsets.UTF_8).length <= most) {
            return text;
        }
        var cut = new StringBuilder();
        int bytes = 3;
        for (int at = 0; at < text.length(); ) {
            int point = text.codePointAt(at);
            bytes += Character.toString(point).getBytes(StandardCharsets.UTF_8).length;
            if (bytes > most) {
                break;
            }
            cut.appendCodePoint(point);
            at += Character.charCount(point);
        }
        return cut.append('…').toString();
    }

    /** Stops; what waits is not told. Idempotent. */
    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
    }
}
