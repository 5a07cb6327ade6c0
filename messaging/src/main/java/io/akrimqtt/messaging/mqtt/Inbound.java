package io.akrimqtt.messaging.mqtt;

import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.akrimqtt.messaging.client.Delivery;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.message.QualityOfService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A message that came. The server hears of it once all its listeners have acknowledged. Thread-safe. */
final class Inbound {

    private final Mqtt5Publish publish;
    private final Message message;
    private final boolean duplicate;
    private final long receivedNanos;
    private final int connection;
    private final Consumer<Inbound> whenConfirmed;
    private final AtomicInteger missing = new AtomicInteger(1);
    private final AtomicBoolean confirmed = new AtomicBoolean();

    /** @param connection the number of the connection that it came over */
    Inbound(
            Mqtt5Publish publish,
            Message message,
            boolean duplicate,
            long receivedNanos,
            int connection,
            Consumer<Inbound> whenConfirmed) {
        this.publish = publish;
        this.message = message;
        this.duplicate = duplicate;
        this.receivedNanos = receivedNanos;
        this.connection = connection;
        this.whenConfirmed = whenConfirmed;
    }

    Message message() {
        return message;
    }

    boolean atLeastOnce() {
        return message.qos() == QualityOfService.AT_LEAST_ONCE;
    }

    int connection() {
        return connection;
    }

    /** One listener's share of it; its acknowledgement is one of those that are needed. */
    Delivery share() {
        missing.incrementAndGet();
        return new Share();
    }

    /** All shares have been handed out. */
    void shared() {
        release();
    }

    private void release() {
        if (missing.decrementAndGet() == 0) {
            confirm();
        }
    }

    /** Acknowledges now, whatever is missing. */
    void confirm() {
        if (confirmed.compareAndSet(false, true)) {
            whenConfirmed.accept(this);
            publish.acknowledge();
        }
    }

    private final class Share implements Delivery {
        private final AtomicBoolean done = new AtomicBoolean();

        @Override
        public Message message() {
            return message;
        }

        @Override
        public long receivedNanos() {
            return receivedNanos;
        }

        @Override
        public boolean duplicate() {
            return duplicate;
        }

        @Override
        public void acknowledge() {
            if (done.compareAndSet(false, true)) {
                release();
            }
        }
    }
}
