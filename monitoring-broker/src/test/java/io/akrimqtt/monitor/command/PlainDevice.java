package io.akrimqtt.monitor.command;

import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.testing.ServerCase;
import io.akrimqtt.messaging.topic.TopicName;
import io.akrimqtt.monitor.TestClient;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A device without a memory: it does each request that comes, and answers as it is told. */
final class PlainDevice implements AutoCloseable {

    private final ServerCase on;
    private final String id;

    /** What it got. */
    final List<Message> requests = new CopyOnWriteArrayList<>();

    private final TestClient client;

    PlainDevice(ServerCase on, String id, Function<Message, List<Message>> answers) {
        this.on = on;
        this.id = id;
        var talking = new TestClient[1];
        talking[0] = TestClient.answering(on.url(), on.protocol(), id + "/cmd/#", request -> {
            requests.add(request);
            // What is said to two topics may be heard in either order where it is under way together.
            talking[0].say(answers.apply(request));
            return Optional.empty();
        });
        client = talking[0];
    }

    /** One that answers everything with 200. */
    static PlainDevice willing(ServerCase on, String id) {
        return new PlainDevice(
                on, id, request -> List.of(answer(on, id, request, "200").build()));
    }

    static Message.Builder answer(ServerCase on, String id, Message request, String status) {
        if (on.mqtt5()) {
            return Message.to(request.responseTopic().orElseThrow())
                    .correlationData(request.correlationData().orElseThrow())
                    .userProperty("__stat", status);
        }
        var asked = request.topic().value().split("/", -1)[2];
        return Message.to(TopicName.of(id + "/res/" + asked + "/" + status));
    }

    Message answer(Message request, int status, String text) {
        return answer(on, id, request, Integer.toString(status)).text(text).build();
    }

    void publish(Message message) {
        client.publish(message);
    }

    @Override
    public void close() {
        client.close();
    }
}
