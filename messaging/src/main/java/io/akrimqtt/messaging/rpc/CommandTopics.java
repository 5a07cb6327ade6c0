package io.akrimqtt.messaging.rpc;

import io.akrimqtt.messaging.topic.TopicName;
import io.akrimqtt.messaging.topic.TopicTemplate;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The topics of one device's commands.
 *
 * <p>A request with {@code {request}} means the way by topic ids, which needs no MQTT 5: the answer's topic repeats the id and
 * tells the status. Without it MQTT 5 carries both beside the payload.
 *
 * @param request where commands go, with {@code {command}} (and {@code {request}}) left open
 * @param response where answers come, with {@code {request}} and {@code {status}} left open for topic ids; null for none, which
 *     on MQTT 5 means {@code clients/<client id>/responses}
 */
public record CommandTopics(TopicTemplate request, @Nullable TopicTemplate response) {

    static final String COMMAND = "command";
    static final String REQUEST = "request";
    static final String STATUS = "status";

    /** @throws IllegalArgumentException where {@link #problem} tells something */
    public CommandTopics {
        problem(request, response).ifPresent(problem -> {
            throw new IllegalArgumentException("command topics: " + problem);
        });
    }

    /** What is wrong with two templates as the topics of commands, or empty where nothing is. */
    public static Optional<String> problem(TopicTemplate request, @Nullable TopicTemplate response) {
        return unknown("request", request, Set.of(COMMAND, REQUEST)).or(() -> {
            boolean byTopicIds = request.open().contains(REQUEST);
            if (response == null) {
                return byTopicIds
                        ? Optional.of(
                                "request '" + request
                                        + "' has '{request}' but there is no response topic (expected: one with '{request}' and '{status}')")
                        : Optional.empty();
            }
            if (byTopicIds && !response.open().contains(REQUEST)) {
                return Optional.of(
                        "response '" + response + "' has no level '{request}' (expected: as the request has one)");
            }
            return unknown("response", response, byTopicIds ? Set.of(COMMAND, REQUEST, STATUS) : Set.of(COMMAND));
        });
    }

    /** What is wrong with two templates for a way of asking, or empty where nothing is. */
    public static Optional<String> problem(TopicTemplate request, @Nullable TopicTemplate response, WayOfAsking way) {
        boolean byTopicIds = request.open().contains(REQUEST);
        var misfit = switch (way) {
            case TOPICS -> "";
            case ENVELOPE -> byTopicIds ? "no level '{request}': the envelope carries the id" : "";
            case SINGLE_FLIGHT, STATE_ECHO ->
                byTopicIds || response == null ? "a response topic, and no level '{request}'" : "";
        };
        return misfit.isEmpty()
                ? problem(request, response)
                : Optional.of("the way " + way + " with request '" + request + "' and response '"
                        + (response == null ? "" : response) + "' (expected: " + misfit + ")");
    }

    private static Optional<String> unknown(String what, TopicTemplate template, Set<String> known) {
        var open = new HashSet<>(template.open());
        open.removeAll(known);
        return open.isEmpty()
                ? Optional.empty()
                : Optional.of(what + " '" + template + "' has open levels " + open + " (expected: none but "
                        + known.stream().sorted().toList() + ")");
    }

    /**
     * Where answers come for which the device has no topic: {@code clients/<client id>/responses}. Servers can keep such topics for
     * their clients alone (Azure's decision record 14).
     *
     * @param clientId what no topic level can hold becomes {@code _}
     */
    public static TopicTemplate defaultResponse(String clientId) {
        return TopicTemplate.of("clients/{client}/responses").fill("client", level(clientId));
    }

    /** The same where one client asks many devices: {@code clients/<client id>/responses/<device>}. */
    public static TopicTemplate defaultResponse(String clientId, TopicName device) {
        return TopicTemplate.of("clients/{client}/responses/{device}")
                .fill("client", level(clientId))
                .fill("device", device);
    }

    private static String level(String clientId) {
        return clientId.replaceAll("[/+#\0]", "_");
    }

    /** Whether requests and answers are tied by a level of their topics. */
    public boolean byTopicIds() {
        return request.open().contains(REQUEST);
    }
}
