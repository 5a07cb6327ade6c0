package io.akrimqtt.messaging.rpc;

import io.akrimqtt.messaging.client.ProtocolVersion;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.messaging.topic.TopicTemplate;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A way of asking a device and of knowing its answer again. Immutable. */
sealed interface Way permits WayByProperties, WayByTopicIds, WayByEnvelope, WayBySingleFlight, WayByStateEcho {

    /** @throws IllegalArgumentException where the topics do not fit the way */
    static Way of(CommandTopics topics, InvokerOptions options, InstantSource clock) {
        CommandTopics.problem(topics.request(), topics.response(), options.way())
                .ifPresent(problem -> {
                    throw new IllegalArgumentException("command topics: " + problem);
                });
        return switch (options.way()) {
            case TOPICS ->
                topics.byTopicIds() ? new WayByTopicIds(topics) : new WayByProperties(topics, options.clientId());
            case ENVELOPE -> new WayByEnvelope(topics, options.clientId(), clock);
            case SINGLE_FLIGHT -> new WayBySingleFlight(topics.request(), response(topics));
            case STATE_ECHO -> new WayByStateEcho(topics.request(), response(topics));
        };
    }

    private static TopicTemplate response(CommandTopics topics) {
        return Objects.requireNonNull(topics.response(), "response");
    }

    /** Where answers come. */
    TopicFilter answers();

    /** Why this request cannot be sent over this version of MQTT, with how to mend it; or empty. */
    Optional<String> problem(CommandRequest request, ProtocolVersion protocol);

    /** @throws IllegalArgumentException where the command's name is no topic level */
    Message request(CommandRequest request, CallId call);

    /** What tells the device that the request is taken back, or empty where this way cannot. */
    Optional<Message> cancel(CommandRequest request, CallId call, ProtocolVersion protocol);

    /**
     * Reads the answers that a message is, mostly one or none.
     *
     * @param underWay all calls that wait, for the ways that know an answer only by them
     */
    List<Answer> answers(Message message, Collection<Call> underWay);

    /** Whether an answer tells nothing about its request, so that only one may be under way. */
    default boolean oneAtATime() {
        return false;
    }
}
