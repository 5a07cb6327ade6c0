package io.akrimqtt.monitor.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.akrimqtt.messaging.rpc.Origin;
import io.akrimqtt.messaging.rpc.Payload;
import io.akrimqtt.monitor.command.life.CommandOutcome;
import io.akrimqtt.monitor.command.life.CommandState;
import io.akrimqtt.monitor.command.life.CommandUpdate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * One order to all devices of a group: a command for each, and one end when all of them have ended. Where they ended alike, as they
 * did; else 424 (PE 5.4). Who ended how is the payload. Thread-safe.
 */
final class GroupOrder {

    /** The member that means all. */
    static final String EVERYONE = "*";

    private static final int MIXED = 424;

    /** In code points. */
    private static final int LONGEST_TEXT = 100;

    private static final JsonFactory JSON = new JsonFactory();

    private final String id;
    private final int devices;
    private final InstantSource clock;
    private final Consumer<CommandUpdate> listener;
    private final Map<String, CommandUpdate> ends = new ConcurrentSkipListMap<>();
    private final AtomicBoolean ended = new AtomicBoolean();

    GroupOrder(String id, int devices, InstantSource clock, Consumer<CommandUpdate> listener) {
        this.id = id;
        this.devices = devices;
        this.clock = clock;
        this.listener = listener;
    }

    /** To be called before the commands are given. */
    void begin() {
        var text = "is for " + devices + " devices, a command each";
        listener.accept(new CommandUpdate(id, clock.instant(), CommandOutcome.queued(text)));
    }

    /** What is told of one device's command. */
    void told(String member, CommandUpdate update) {
        if (update.outcome().last()) {
            ends.put(member, update);
            if (ends.size() == devices && ended.compareAndSet(false, true)) {
                listener.accept(new CommandUpdate(id, clock.instant(), outcome()));
            }
        }
    }

    private CommandOutcome outcome() {
        var first = ends.values().iterator().next().outcome();
        var statuses = ends.values().stream()
                .collect(Collectors.groupingBy(end -> end.outcome().status(), TreeMap::new, Collectors.counting()));
        var text = statuses.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue() + " of " + devices)
                .collect(Collectors.joining(", "));
        boolean retryable = ends.values().stream().anyMatch(end -> end.outcome().retryable());
        boolean alike = statuses.size() == 1;
        return new CommandOutcome(
                alike ? first.state() : CommandState.FAILED,
                true,
                alike ? first.status() : MIXED,
                alike ? first.origin() : Origin.DEVICE,
                retryable,
                text,
                Payload.of(json(), "application/json"));
    }

    private byte[] json() {
        var bytes = new ByteArrayOutputStream();
        try (var json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            for (var end : ends.entrySet()) {
                json.writeObjectFieldStart(end.getKey());
                write(end.getValue(), json);
                json.writeEndObject();
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    private static void write(CommandUpdate end, JsonGenerator json) throws IOException {
        var outcome = end.outcome();
        json.writeStringField("command_id", end.id());
        json.writeStringField("state", outcome.state().name());
        json.writeNumberField("status", outcome.status());
        if (!outcome.text().isEmpty()) {
            json.writeStringField("text", cut(outcome.text()));
        }
    }

    /** Never between the two halves of a character. */
    private static String cut(String text) {
        return text.codePointCount(0, text.length()) <= LONGEST_TEXT
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST_TEXT));
    }
}
