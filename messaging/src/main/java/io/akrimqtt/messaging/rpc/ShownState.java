package io.akrimqtt.messaging.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * A device's state as it was published. It shows what was asked for where it is the same text, or where both are JSON objects and
 * it has all members that were asked for, with the same values.
 */
final class ShownState {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final byte[] bytes;
    private final Optional<JsonNode> json;

    ShownState(byte[] bytes) {
        this.bytes = bytes;
        json = object(bytes);
    }

    boolean shows(byte[] wanted) {
        if (Arrays.equals(bytes, wanted) || text(bytes).equals(text(wanted))) {
            return true;
        }
        return json.isPresent()
                && object(wanted).filter(it -> has(json.get(), it)).isPresent();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1).strip();
    }

    private static Optional<JsonNode> object(byte[] bytes) {
        try {
            return Optional.ofNullable(JSON.readTree(bytes)).filter(JsonNode::isObject);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Recursive, but no deeper than Jackson reads: 1,000 levels. */
    private static boolean has(JsonNode state, JsonNode wanted) {
        if (state.isNumber() && wanted.isNumber()) {
            return state.decimalValue().compareTo(wanted.decimalValue()) == 0;
        }
        if (!wanted.isObject()) {
            return state.equals(wanted);
        }
        return wanted.propertyStream()
                .allMatch(member -> state.has(member.getKey()) && has(state.get(member.getKey()), member.getValue()));
    }
}
