package io.akrimqtt.presence.convention;

import io.akrimqtt.presence.state.Published;
import io.akrimqtt.presence.state.Said;
import java.util.Optional;

/** The plain status idiom: a word, or a JSON object with one, on a topic of the device. Immutable. */
final class StatusIdiom {

    /** A larger status, in bytes, is not read. */
    static final int MAX_PAYLOAD = 64 * 1024;

    private final Words words;
    private final JsonWord json;
    private final boolean jsonOnly;

    private StatusIdiom(Words words, JsonWord json, boolean jsonOnly) {
        this.words = words;
        this.json = json;
        this.jsonOnly = jsonOnly;
    }

    /** Reads as a status topic says. */
    static StatusIdiom of(StatusTopic topic) {
        var lastLevel = topic.topic().substring(topic.topic().lastIndexOf('/') + 1);
        return new StatusIdiom(Words.of(topic, lastLevel), JsonWord.at(topic.field()), topic.field() != null);
    }

    /** What a message on a device's status topic says. An offline word is a statement and never a sign of life. */
    Reading read(String device, byte[] payload, Published published) {
        if (payload.length == 0) {
            return published == Published.NOT_RETAINED
                    ? Reading.nothing(Ignored.EMPTY_STATUS)
                    : Reading.of(device, Said.GONE);
        }
        if (payload.length > MAX_PAYLOAD) {
            return Reading.activityOnly(device, Ignored.PAYLOAD_TOO_LARGE);
        }
        var word = PlainText.of(payload).flatMap(this::word);
        if (word.isEmpty()) {
            return Reading.activityOnly(device, Ignored.MALFORMED_PAYLOAD);
        }
        return word.flatMap(words::meaning)
                .map(said -> Reading.of(device, said))
                .orElseGet(() -> Reading.activityOnly(device, Ignored.UNKNOWN_WORD));
    }

    private Optional<String> word(String text) {
        return jsonOnly || text.startsWith("{") ? json.in(text).map(PlainText::trim) : Optional.of(text);
    }
}
