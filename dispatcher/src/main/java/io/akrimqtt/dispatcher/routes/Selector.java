package io.akrimqtt.dispatcher.routes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.akrimqtt.messaging.message.Message;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which messages a route takes: all that is said must hold.
 *
 * @param contentType without parameters, or null for any
 * @param properties user properties and their values
 * @param json members of the payload, a JSON object, and their values as text
 */
public record Selector(@Nullable String contentType, Map<String, String> properties, Map<String, String> json) {

    /** Takes everything. */
    public static final Selector ALL = new Selector(null, Map.of(), Map.of());

    private static final ObjectMapper JSON = new ObjectMapper();

    public Selector {
        properties = Map.copyOf(properties);
        json = Map.copyOf(json);
    }

    /** Whether it takes this one. */
    public boolean takes(Message message) {
        return (contentType == null || contentType.equals(type(message)))
                && properties.entrySet().stream()
                        .allMatch(it -> message.userProperty(it.getKey())
                                .filter(it.getValue()::equals)
                                .isPresent())
                && (json.isEmpty() || object(message).filter(this::has).isPresent());
    }

    private static String type(Message message) {
        return message.contentType().orElse("").split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    private static Optional<JsonNode> object(Message message) {
        try {
            return Optional.ofNullable(JSON.readTree(message.payload())).filter(JsonNode::isObject);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private boolean has(JsonNode object) {
        return json.entrySet().stream().allMatch(it -> {
            @Nullable JsonNode member = object.get(it.getKey());
            return member != null && member.isValueNode() && member.asText().equals(it.getValue());
        });
    }
}
