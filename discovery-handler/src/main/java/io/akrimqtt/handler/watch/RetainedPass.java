package io.akrimqtt.handler.watch;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.akrimqtt.messaging.client.ConnectionEvent;
import io.akrimqtt.messaging.client.Delivery;
import io.akrimqtt.messaging.client.PubSubClient;
import io.akrimqtt.messaging.client.SubscribeOptions;
import io.akrimqtt.messaging.client.Subscription;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.message.QualityOfService;
import io.akrimqtt.messaging.topic.TopicFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * One reading of retained messages: a clean connection at quality of service 0, made for it and closed after it. Confined to
 * the thread that reads; its listeners run on the client's.
 */
final class RetainedPass {

    /**
     * The connection must be accepted and its subscriptions answered within this, counted from the latest retained message: the
     * answers come behind them.
     */
    private static final long START_MILLIS = 20_000;

    /** Nothing came for so long: that was all. */
    private static final long QUIET_MILLIS = 1_000;

    /** The same once the token has come round behind the retained messages. */
    private static final long QUIET_BEHIND_TOKEN_MILLIS = 100;

    private static final long LIMIT_NANOS = 300_000_000_000L;

    private final ServerAccess access;
    private final Consumer<Message> retained;
    private final String token = UUID.randomUUID().toString();
    private final CompletableFuture<Void> subscribed = new CompletableFuture<>();
    private final BlockingQueue<Boolean> arrivals = new ArrayBlockingQueue<>(1);
    private final long begin = System.nanoTime();
    private final List<Subscription> subscriptions = new ArrayList<>();
    private volatile boolean tokenCame;
    private volatile String problem = "";
    private volatile SystemFacts facts = SystemFacts.NONE;

    private RetainedPass(ServerAccess access, Consumer<Message> retained) {
        this.access = access;
        this.retained = retained;
    }

    /**
     * Reads once.
     *
     * @param system whether to read {@link SystemFacts}, too
     * @param retained gets each retained message, on a thread of the client; must not block
     */
    static Result read(ServerAccess access, List<TopicFilter> filters, boolean system, Consumer<Message> retained)
            throws InterruptedException {
        var pass = new RetainedPass(access, retained);
        try (var client = access.snapshotClient()) {
            var problem = pass.read(client, filters, system ? SystemFacts.FILTERS : List.of());
            return new Result(problem, pass.refused(), pass.facts);
        } catch (IllegalArgumentException e) {
            return new Result("the client can not be made: " + e.getMessage(), false, SystemFacts.NONE);
        }
    }

    /**
     * What came of it.
     *
     * @param problem why it could not be read to its end, or empty
     * @param refused whether the server refused any of the filters, so that what did not come proves nothing
     */
    record Result(String problem, boolean refused, SystemFacts facts) {}

    private String read(PubSubClient client, List<TopicFilter> filters, List<TopicFilter> system)
            throws InterruptedException {
        var fence = access.fence(access.snapshotId());
        client.onConnection(this::happened);
        for (var filter : filters) {
            subscriptions.add(client.subscribe(
                    SubscribeOptions.of(filter).withQos(QualityOfService.AT_MOST_ONCE), this::arrived));
        }
        for (var filter : system) {
            client.subscribe(SubscribeOptions.of(filter).withQos(QualityOfService.AT_MOST_ONCE), this::told);
        }
        client.subscribe(
                SubscribeOptions.of(TopicFilter.exactly(fence)).withQos(QualityOfService.AT_MOST_ONCE),
                this::tokenArrived);
        client.connect();
        awaitAnswers();
        if (!problem.isEmpty()) {
            return problem;
        }
        client.publish(Message.to(fence)
                        .text(token)
                        .qos(QualityOfService.AT_MOST_ONCE)
                        .build())
                .exceptionally(_ -> null);
        awaitQuiet();
        return problem;
    }

    private boolean refused() {
        return subscriptions.stream().anyMatch(Subscription::refused);
    }

    private void awaitAnswers() throws InterruptedException {
        while (problem.isEmpty() && !subscribed.isDone()) {
            if (arrivals.poll(START_MILLIS, MILLISECONDS) == null && !subscribed.isDone()) {
                problem = "the server does not answer";
            }
            limit();
        }
    }

    private void awaitQuiet() throws InterruptedException {
        while (problem.isEmpty()) {
            long quiet = tokenCame ? QUIET_BEHIND_TOKEN_MILLIS : QUIET_MILLIS;
            boolean more = arrivals.poll(quiet, MILLISECONDS) != null;
            if (!more) {
                return;
            }
            limit();
        }
    }

    private void limit() {
        if (problem.isEmpty() && System.nanoTime() - begin > LIMIT_NANOS) {
            problem = "retained messages do not end after " + NANOSECONDS.toSeconds(LIMIT_NANOS) + " s";
        }
    }

    private void happened(ConnectionEvent event) {
        switch (event) {
            case ConnectionEvent.Connected _ -> {}
            case ConnectionEvent.Subscribed _ -> {
                subscribed.complete(null);
                arrivals.offer(true);
            }
            case ConnectionEvent.Disconnected disconnected -> {
                problem = disconnected.reason().isEmpty() ? "the connection ended" : disconnected.reason();
                arrivals.offer(true);
            }
        }
    }

    private void arrived(Delivery delivery) {
        if (delivery.message().retain()) {
            retained.accept(delivery.message());
            arrivals.offer(true);
        }
    }

    private void told(Delivery delivery) {
        facts = facts.with(delivery.message(), access.clock().at(delivery.receivedNanos()));
    }

    private void tokenArrived(Delivery delivery) {
        if (delivery.message().text().equals(token)) {
            tokenCame = true;
            arrivals.offer(true);
        }
    }
}
