package io.akrimqtt.monitor.command;

import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.monitor.device.WorkloadTopics;
import java.util.Optional;

/** How a request comes over MQTT, and how its answer is tied to it. */
sealed interface RequestForm {

    /** Where such requests come. */
    TopicFilter filter();

    /** Whether a message there is one that may be done. */
    boolean fits(Message request);

    /** Starts the answer with this status, or empty where none is wanted. */
    Optional<Message.Builder> answer(Message request, int status);

    /** The command's name: the topic's last level. */
    static String command(Message request) {
        var topic = request.topic().value();
        return topic.substring(topic.lastIndexOf('/') + 1);
    }

    /** As MQTT 5 has it: with a Response Topic and correlation data. */
    record ResponseTopic(WorkloadTopics topics) implements RequestForm {

        @Override
        public TopicFilter filter() {
            return topics.commands();
        }

        /** An answer that is a command again could go round for ever. */
        @Override
        public boolean fits(Message request) {
            return !request.retain()
                    && request.responseTopic().filter(topics::isCommand).isEmpty();
        }

        @Override
        public Optional<Message.Builder> answer(Message request, int status) {
            return request.responseTopic()
                    .map(topic -> Message.to(topic)
                            .correlationData(request.correlationData().orElse(null))
                            .userProperty("__stat", Integer.toString(status)));
        }
    }

    /** With an id as a level of the topic, for any version of MQTT. */
    record TopicIds(WorkloadTopics topics) implements RequestForm {

        @Override
        public TopicFilter filter() {
            return topics.commandsByTopicIds();
        }

        @Override
        public boolean fits(Message request) {
            return !request.retain();
        }

        @Override
        public Optional<Message.Builder> answer(Message request, int status) {
            var id = topics.request(request.topic());
            return id.isEmpty() ? Optional.empty() : Optional.of(Message.to(topics.response(id, status)));
        }
    }
}
