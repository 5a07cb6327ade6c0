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

    /** Requests by topic ids: {@code <state>/commands/<request>/<command>}. */
    public TopicFilter commandsByTopicIds() {
        return TopicFilter.of(state + COMMANDS + "+/+");
    }

    /** Whether a topic is the workload's. */
    public boolean own(TopicName topic) {
        return topic.equals(state) || topic.value().startsWith(state + "/");
    }

    /** Whether a topic is one that commands to this workload are sent to. */
    public boolean isCommand(TopicName topic) {
        return topic.value().startsWith(state + COMMANDS);
    }

    /** The request level of a topic that {@link #commandsByTopicIds()} matches; may be empty. */
    public String request(TopicName topic) {
        int start = (state + COMMANDS).length();
        return topic.value().substring(start, topic.value().indexOf('/', start));
    }

    /** Where the answer to a request by topic ids goes: {@code <state>/responses/<request>/<status>}. */
    public TopicName response(String request, int status) {
        return TopicName.of(state + "/responses/" + request + "/" + status);
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
