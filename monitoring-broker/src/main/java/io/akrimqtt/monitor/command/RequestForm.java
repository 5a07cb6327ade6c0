package io.akrimqtt.monitor.command;

import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.monitor.device.WorkloadTopics;
import java.util.HexFormat;
import java.util.Optional;

/** How a request comes over MQTT, and how its answer is tied to it. */
sealed interface RequestForm {

    /** Where such requests come. */
    TopicFilter filter();

    /** Whether a message there is one that may be done. */
    boolean fits(Message request);

    /** The command's name. */
    String command(Message request);

    /** The device of a group that it is for, or empty. */
    String member(Message request);

    /** Where its caller wants to be told, or empty where no answer is wanted. */
    Optional<Reply> reply(Message request);

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
        public String command(Message request) {
            var topic = request.topic().value();
            return topic.substring(topic.lastIndexOf('/') + 1);
        }

        @Override
        public String member(Message request) {
            return request.userProperty(RequestProperties.MEMBER).orElse("");
        }

        @Override
        public Optional<Reply> reply(Message request) {
            var correlation =
                    request.correlationData().map(HexFormat.of()::formatHex).orElse("");
            return request.responseTopic()
                    .map(topic -> new Reply(topic.value(), false, correlation, RequestProperties.states(request)));
        }
    }

    /**
     * With an id as a level of the topic, for any version of MQTT; behind the command may follow the device of a group.
     *
     * @param states whether such callers are told the states on the way
     */
    record TopicIds(WorkloadTopics topics, boolean states) implements RequestForm {

        @Override
        public TopicFilter filter() {
            return states ? topics.followedByTopicIds() : topics.commandsByTopicIds();
        }

        @Override
        public boolean fits(Message request) {
            return !request.retain();
        }

        private String[] levels(Message request) {
            return topics.below(request.topic()).split("/", 3);
        }

        @Override
        public String command(Message request) {
            return levels(request)[1];
        }

        @Override
        public String member(Message request) {
            var levels = levels(request);
            return levels.length > 2
                    ? levels[2]
                    : request.userProperty(RequestProperties.MEMBER).orElse("");
        }

        @Override
        public Optional<Reply> reply(Message request) {
            var id = levels(request)[0];
            return id.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            new Reply(topics.responses(id), true, "", states || RequestProperties.states(request)));
        }
    }
}
