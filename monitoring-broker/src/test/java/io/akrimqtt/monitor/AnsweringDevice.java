package io.akrimqtt.monitor;

import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.testing.ServerCase;
import io.akrimqtt.messaging.topic.TopicName;
import java.util.Optional;
import java.util.function.Function;

/** A device that knows the command {@code start} alone: it answers with the command and its payload. */
final class AnsweringDevice implements AutoCloseable {

    private final TestClient client;

    private AnsweringDevice(TestClient client) {
        this.client = client;
    }

    /** Answers on {@code <id>/res/<request>/<status>} what comes on {@code <id>/cmd/<request>/<command>}. */
    static AnsweringDevice byTopicIds(ServerCase on, String id) {
        return connect(on, id + "/cmd/+/+", request -> {
            var levels =
                    request.topic().value().substring((id + "/cmd/").length()).split("/", -1);
            return Optional.of(Message.to(TopicName.of(id + "/res/" + levels[0] + "/" + status(levels[1])))
                    .text(levels[1] + ": " + request.text())
                    .build());
        });
    }

    /** Answers on the Response Topic, which MQTT 3.1.1 does not have. */
    static AnsweringDevice byResponseTopic(ServerCase on, String id) {
        return connect(
                on,
                id + "/cmd/+",
                request -> request.responseTopic()
                        .map(topic -> Message.to(topic)
                                .text("started")
                                .correlationData(request.correlationData().orElse(null))
                                .userProperty("__stat", "200")
                                .build()));
    }

    private static int status(String command) {
        return command.equals("start") ? 200 : 404;
    }

    private static AnsweringDevice connect(ServerCase on, String filter, Function<Message, Optional<Message>> answer) {
        return new AnsweringDevice(TestClient.answering(on.url(), on.protocol(), filter, answer));
    }

    TestClient client() {
        return client;
    }

    @Override
    public void close() {
        client.close();
    }
}
