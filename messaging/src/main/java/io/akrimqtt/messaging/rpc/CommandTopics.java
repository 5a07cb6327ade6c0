package io.akrimqtt.messaging.rpc;

import io.akrimqtt.messaging.topic.TopicTemplate;
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

    /** Whether requests and answers are tied by a level of their topics. */
    public boolean byTopicIds() {
        return request.open().contains(REQUEST);
    }
}
