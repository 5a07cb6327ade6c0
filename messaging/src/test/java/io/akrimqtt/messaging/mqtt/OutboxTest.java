package io.akrimqtt.messaging.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.messaging.client.PublishResult;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.topic.TopicName;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class OutboxTest {

    private static final int MEBIBYTE = 1024 * 1024;
    private static final Message LARGE =
            Message.to(TopicName.of("a")).payload(new byte[MEBIBYTE]).build();

    @Test
    void takes_so_many_messages_and_no_more_until_one_is_done() {
        var outbox = new Outbox(2);

        assertThat(outbox.reserve(0)).isTrue();
        assertThat(outbox.reserve(0)).isTrue();
        assertThat(outbox.reserve(0)).isFalse();
        outbox.add(Message.of(TopicName.of("a"), ""), 0, new CompletableFuture<>());
        outbox.done(outbox.send().orElseThrow(), new PublishResult(false));
        assertThat(outbox.reserve(0)).isTrue();
    }

    @Test
    void takes_so_many_bytes_and_no_more_until_some_are_gone() {
        var outbox = new Outbox(10_000);
        for (int i = 0; i < 64; i++) {
            assertThat(outbox.reserve(MEBIBYTE)).isTrue();
        }

        assertThat(outbox.reserve(1)).isFalse();
        outbox.add(LARGE, 0, new CompletableFuture<>());
        outbox.done(outbox.send().orElseThrow(), new PublishResult(false));
        assertThat(outbox.reserve(MEBIBYTE)).isTrue();
        assertThat(outbox.reserve(1)).isFalse();
    }

    @Test
    void takes_one_that_is_larger_than_all_may_be_when_it_is_alone() {
        var outbox = new Outbox(10);

        assertThat(outbox.reserve(100 * MEBIBYTE)).isTrue();
        assertThat(outbox.reserve(1)).isFalse();
    }
}
