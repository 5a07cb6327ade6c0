package io.akrimqtt.messaging.mqtt;

import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.reactivex.FlowableSubscriber;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;

/** Takes all that comes at once: what holds the server back is the network and the acknowledgements, never this flow. */
final class IncomingFlow implements FlowableSubscriber<Mqtt5Publish> {

    private final Consumer<Mqtt5Publish> listener;
    private final Runnable ended;
    private volatile @Nullable Subscription subscription;

    IncomingFlow(Consumer<Mqtt5Publish> listener, Runnable ended) {
        this.listener = listener;
        this.ended = ended;
    }

    void cancel() {
        var current = subscription;
        if (current != null) {
            current.cancel();
        }
    }

    @Override
    public void onSubscribe(Subscription value) {
        subscription = value;
        value.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(Mqtt5Publish publish) {
        listener.accept(publish);
    }

    @Override
    public void onError(Throwable error) {
        ended.run();
    }

    @Override
    public void onComplete() {
        ended.run();
    }
}
