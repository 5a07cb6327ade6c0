package io.akrimqtt.messaging.mqtt;

import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5SubAckException;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.suback.Mqtt5SubAck;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.suback.Mqtt5SubAckReasonCode;
import io.akrimqtt.messaging.client.SubscribeOptions;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks for what the book wants, at each connect and at each change, and checks every answer. Confined to the owner's thread. */
final class Subscribing {

    private static final Logger LOG = LoggerFactory.getLogger(Subscribing.class);

    private final SubscriptionBook book;
    private final Executor owner;
    private final Runnable allAnswered;
    private @Nullable Engine engine;
    private int connection;
    private int unanswered;

    /** @param allAnswered run when the server has answered all subscriptions of a connection */
    Subscribing(SubscriptionBook book, Executor owner, Runnable allAnswered) {
        this.book = book;
        this.owner = owner;
        this.allAnswered = allAnswered;
    }

    void add(OwnSubscription subscription) {
        if (subscription.closed()) {
            return;
        }
        book.add(subscription);
        var current = engine;
        if (current != null) {
            ask(current, List.of(book.asked(subscription.options().filter())), false);
        }
    }

    void remove(OwnSubscription subscription) {
        book.remove(subscription);
        unsubscribeLeftOver();
    }

    /** A connection is there. */
    void connected(Engine current) {
        engine = current;
        connection++;
        unsubscribeLeftOver();
        var packets = book.packets();
        unanswered = packets.size();
        packets.forEach(packet -> ask(current, packet, true));
        if (packets.isEmpty()) {
            allAnswered.run();
        }
    }

    void disconnected() {
        engine = null;
    }

    void close() {
        engine = null;
        book.close();
    }

    private void unsubscribeLeftOver() {
        var current = engine;
        if (current != null) {
            for (var filter : book.takeLeftOver()) {
                var _ = current.unsubscribe(filter);
            }
        }
    }

    private void ask(Engine current, List<SubscribeOptions> packet, boolean atConnect) {
        int asked = connection;
        var _ = current.subscribe(packet)
                .whenComplete((answer, error) -> owner.execute(() -> {
                    if (asked == connection && engine != null) {
                        answered(packet, answer, error, atConnect);
                    }
                }));
    }

    private void answered(
            List<SubscribeOptions> packet, @Nullable Mqtt5SubAck answer, @Nullable Throwable error, boolean atConnect) {
        var codes = codes(answer, error);
        if (codes.size() != packet.size()) {
            // The connection ended, or the server lost count: asked for again at the next connect.
            return;
        }
        for (int i = 0; i < packet.size(); i++) {
            if (codes.get(i).isError()) {
                LOG.atWarn()
                        .addKeyValue("filter", packet.get(i).filter())
                        .addKeyValue("reason", Losses.words(codes.get(i)))
                        .log("subscription refused");
            }
            book.answered(packet.get(i), codes.get(i));
        }
        if (atConnect && --unanswered == 0) {
            allAnswered.run();
        }
    }

    private static List<Mqtt5SubAckReasonCode> codes(@Nullable Mqtt5SubAck answer, @Nullable Throwable error) {
        if (answer != null) {
            return answer.getReasonCodes();
        }
        return error == null
                ? List.of()
                : Losses.find(error, Mqtt5SubAckException.class)
                        .map(e -> e.getMqttMessage().getReasonCodes())
                        .orElse(List.of());
    }
}
