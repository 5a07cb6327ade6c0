package io.akrimqtt.presence.convention;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the one word that matters in a JSON document, without building the document. Immutable. */
final class JsonWord {

    /** Looked for at the top of an object where no field is named; the first of them that has a value counts. */
    private static final List<String> FIELDS = List.of(
            "state",
            "status",
            "online",
            "connected",
            "available",
            "presence",
            "connection",
            "connectionState",
            "alive");

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(64)
                    .maxStringLength(StatusIdiom.MAX_PAYLOAD)
                    .maxNumberLength(100)
                    .maxNameLength(1_000)
                    .build())
            .build();

    private final List<JsonPointer> places;

    private JsonWord(List<JsonPointer> places) {
        this.places = places;
    }

    /** By a JSON pointer, or in the usual fields where there is none. */
    static JsonWord at(@Nullable String pointer) {
        return new JsonWord(
                pointer == null
                        ? FIELDS.stream()
                                .map(field -> JsonPointer.compile("/" + field))
                                .toList()
                        : List.of(JsonPointer.compile(pointer)));
    }

    /** The value as text: a text, a number or a truth value; empty where there is none, or where it is no JSON. */
    Optional<String> in(String document) {
        int best = places.size();
        @Nullable String word = null;
        try (JsonParser parser = JSON.createParser(document)) {
            for (@Nullable JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isScalarValue() && token != JsonToken.VALUE_NULL) {
                    int place = places.indexOf(parser.getParsingContext().pathAsPointer());
                    if (place >= 0 && place < best) {
                        best = place;
                        word = parser.getText();
                    }
                } else if (token.isStructEnd() && parser.getParsingContext().inRoot()) {
                    return parser.nextToken() == null ? Optional.ofNullable(word) : Optional.empty();
                }
            }
        } catch (JacksonException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw new IllegalStateException("a text in memory: could not be read", e);
        }
        return Optional.empty();
    }
}
