package io.akrimqtt.cli.capture;

import io.akrimqtt.messaging.client.ConnectionEvent;
import io.akrimqtt.messaging.client.Delivery;
import io.akrimqtt.messaging.client.PubSubClient;
import io.akrimqtt.messaging.client.SubscribeOptions;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.message.QualityOfService;
import io.akrimqtt.messaging.topic.TopicFilter;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Reads once what a server retains, until nothing comes for a while. Confined to the thread that reads. */
final class RetainedReading {

    /** The connection must be accepted and its subscriptions answered within this. */
    private static final long START_MILLIS = 20_000;

    private static final long QUIET_MILLIS = 1_000;

    private final BlockingQueue<Boolean> arrivals = new ArrayBlockingQueue<>(1);
    private final CompletableFuture<Void> subscribed = new CompletableFuture<>();
    private final Consumer<Message> retained;
    private volatile String problem = "";

    private RetainedReading(Consumer<Message> retained) {
        this.retained = retained;
    }

    /**
     * Reads with a client that is used for nothing else; the caller closes it.
     *
     * @param retained gets each message on a thread of the client
     * @return why it was not read to its end, or empty
     */
    static String read(PubSubClient client, List<TopicFilter> filters, Consumer<Message> retained)
            throws InterruptedException {
        return new RetainedReading(retained).read(client, filters);
    }

    private String read(PubSubClient client, List<TopicFilter> filters) throws InterruptedException {
        client.onConnection(this::happened);
        for (var filter : filters) {
            client.subscribe(SubscribeOptions.of(filter).withQos(QualityOfService.AT_MOST_ONCE), this::arrived);
        }
        client.connect();
        try {
            subscribed.get(START_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException _) {
            return problem.isEmpty() ? "the server does not answer" : problem;
        }
        boolean more = true;
        while (problem.isEmpty() && more) {
            more = arrivals.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS) != null;
        }
        return problem;
    }

    private void happened(ConnectionEvent event) {
        switch (event) {
            case ConnectionEvent.Connected _ -> {}
            case ConnectionEvent.Subscribed _ -> subscribed.complete(null);
            case ConnectionEvent.Disconnected disconnected -> {
                problem = disconnected.reason().isEmpty() ? "the connection ended" : disconnected.reason();
                subscribed.completeExceptionally(new IllegalStateException(problem));
                arrivals.offer(true);
            }
        }
    }

    /** Live messages come here too, and are the other connection's. */
    private void arrived(Delivery delivery) {
        if (delivery.message().retain()) {
            retained.accept(delivery.message());
            arrivals.offer(true);
        }
    }
}
