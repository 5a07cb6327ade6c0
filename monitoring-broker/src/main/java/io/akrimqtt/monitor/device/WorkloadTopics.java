package io.akrimqtt.monitor.device;

import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.messaging.topic.TopicName;
import io.akrimqtt.messaging.topic.TopicTemplate;
import java.util.Optional;
import java.util.Set;

/**
 * The workload's own topics.
 *
 * @param state where it announces itself, retained; the others are below it
 */
public record WorkloadTopics(TopicName state) {

    private static final String DEVICE = "device";
    private static final String COMMANDS = "/commands/";
    private static final String FOLLOWED = "/follow/";

    /** The longest template, in characters; leaves room for the device and for what is below it. */
    private static final int MAX_LENGTH = 1_000;

    /** What is wrong with a template of {@link #state}, or empty. */
    static Optional<String> problem(String text) {
        if (text.length() > MAX_LENGTH) {
            return Optional.of("is longer than " + MAX_LENGTH + " characters (expected: a shorter topic)");
        }
        return TopicTemplate.problem(text).or(() -> {
            boolean fits = TopicTemplate.of(text).open().equals(Set.of(DEVICE));
            return fits
                    ? Optional.empty()
                    : Optional.of("has other open levels than {device} (expected: just {device}, which keeps the"
                            + " workloads of several devices apart)");
        });
    }

    static WorkloadTopics of(String template, TopicName device) {
        return new WorkloadTopics(
                TopicTemplate.of(template).fill(DEVICE, device).topic());
    }

    /** Requests of MQTT 5 clients: {@code <state>/commands/<command>}. */
    public TopicFilter commands() {
        return TopicFilter.of(state + COMMANDS + "+");
    }

    /** Requests by topic ids: {@code <state>/commands/<request>/<command>}, in a group with the device behind it. */
    public TopicFilter commandsByTopicIds() {
        return TopicFilter.of(state + COMMANDS + "+/+/#");
    }

    /** The same of callers that want to be told of states on the way: {@code <state>/follow/<request>/<command>}. */
    public TopicFilter followedByTopicIds() {
        return TopicFilter.of(state + FOLLOWED + "+/+/#");
    }

    /** Whether a topic is the workload's. */
    public boolean own(TopicName topic) {
        return topic.equals(state) || topic.value().startsWith(state + "/");
    }

    /** Whether a topic is one that commands to this workload are sent to. */
    public boolean isCommand(TopicName topic) {
        return isCommand(topic.value());
    }

    /** The same of a text. */
    public boolean isCommand(String topic) {
        return topic.startsWith(state + COMMANDS) || topic.startsWith(state + FOLLOWED);
    }

    /** What follows in a topic that commands are sent to. */
    public String below(TopicName command) {
        var text = command.value();
        var prefix = state + (text.startsWith(state + COMMANDS) ? COMMANDS : FOLLOWED);
        return text.substring(prefix.length());
    }

    /** Where answers to a request by topic ids go, without the level of the status. */
    public String responses(String request) {
        return state + "/responses/" + request;
    }

    /** Where commands that outlive a process are kept: {@code <state>/queue/<id>}. */
    public TopicFilter queue() {
        return TopicFilter.of(state + "/queue/+");
    }

    /** Where one of them is kept. */
    public TopicName queued(String id) {
        return TopicName.of(state + "/queue/" + id);
    }

    /** Where a workload is asked whether it still minds its commands: {@code <state>/claims/<client id>}. */
    public TopicName claims(String clientId) {
        return TopicName.of(state + "/claims/" + clientId);
    }

    /** Where a workload tells itself that its session's queue is empty: {@code <state>/fence/<client id>}. */
    public TopicName fence(String clientId) {
        return TopicName.of(state + "/fence/" + clientId);
    }
}
