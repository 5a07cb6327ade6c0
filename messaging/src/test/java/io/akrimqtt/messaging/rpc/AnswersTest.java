package io.akrimqtt.messaging.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.messaging.client.Delivery;
import io.akrimqtt.messaging.client.MessagingException;
import io.akrimqtt.messaging.client.MessagingException.Kind;
import io.akrimqtt.messaging.client.PublishResult;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.topic.TopicName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** PE 5.2: the request is acknowledged only once the server has acknowledged the answer. */
class AnswersTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final Message REQUEST = Message.of(TopicName.of("d/cmd/x"), "");

    private final List<Message> published = new ArrayList<>();
    private final List<CompletableFuture<PublishResult>> results = new ArrayList<>();
    private final Answers answers = new Answers(
            message -> {
                published.add(message);
                results.add(new CompletableFuture<>());
                return results.getLast();
            },
            InstantSource.fixed(NOW));
    private int acknowledged;

    private Asked asked(Duration left) {
        var request = new IncomingRequest(
                CommandRequest.of("x", Payload.EMPTY, Duration.ofSeconds(9)),
                "key",
                null,
                false,
                null,
                RequestsByTopics.byProperties(TopicName.of("answers"), null));
        return new Asked(
                request,
                new Delivery() {
                    @Override
                    public Message message() {
                        return REQUEST;
                    }

                    @Override
                    public long receivedNanos() {
                        return 0;
                    }

                    @Override
                    public boolean duplicate() {
                        return false;
                    }

                    @Override
                    public void acknowledge() {
                        acknowledged++;
                    }
                },
                NOW.plus(left));
    }

    private static Response ok() {
        return Response.of(CommandReply.ok(Payload.text("done")));
    }

    @Test
    void pe_5_2_the_request_is_acknowledged_when_its_answer_is_with_the_server() {
        answers.send(asked(Duration.ofSeconds(5)), ok());
        assertThat(acknowledged).isZero();

        results.getFirst().complete(new PublishResult(false));

        assertThat(acknowledged).isEqualTo(1);
        assertThat(published.getFirst().expiry()).hasValue(Duration.ofSeconds(5));
    }

    @Test
    void pe_5_2_with_no_time_left_nothing_is_sent_and_the_request_is_acknowledged() {
        answers.send(asked(Duration.ZERO), ok());

        assertThat(published).isEmpty();
        assertThat(acknowledged).isEqualTo(1);
    }

    @Test
    void an_answer_too_large_is_told_in_words_once_and_then_let_go() {
        answers.send(asked(Duration.ofSeconds(5)), ok());
        results.getFirst().completeExceptionally(new MessagingException(Kind.TOO_LARGE, "too large", null));
        assertThat(acknowledged).isZero();
        assertThat(published.getLast().userProperty("__stMsg"))
                .hasValue("the device's answer cannot be sent: larger than the MQTT server takes");

        results.getLast().completeExceptionally(new MessagingException(Kind.TOO_LARGE, "too large", null));

        assertThat(published).hasSize(2);
        assertThat(acknowledged).isEqualTo(1);
    }

    @Test
    void a_closed_client_leaves_the_request_with_the_server() {
        answers.send(asked(Duration.ofSeconds(5)), ok());

        results.getFirst().completeExceptionally(new MessagingException(Kind.CLOSED, "closed", null));

        assertThat(acknowledged).isZero();
    }
}
