package io.akrimqtt.messaging.dispatch;

import static io.akrimqtt.messaging.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.messaging.client.Delivery;
import io.akrimqtt.messaging.client.MessageListener;
import io.akrimqtt.messaging.client.MessageSubscriber;
import io.akrimqtt.messaging.client.PayloadCodec;
import io.akrimqtt.messaging.client.SubscribeOptions;
import io.akrimqtt.messaging.client.Subscription;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.messaging.topic.TopicName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CommandDispatcherTest {

    /** Does what no router should. */
    private record Broken(boolean error, List<String> seen) implements CommandRouter<String> {
        @Override
        public TopicFilter filter() {
            return TopicFilter.of("broken");
        }

        @Override
        public int concurrency() {
            return 1;
        }

        @Override
        @SuppressWarnings("NullAway") // What a user's code without our checks may do.
        public CompletionStage<Void> route(Message message, String value) {
            seen.add(value);
            if (error) {
                throw new AssertionError("planned");
            }
            return null;
        }
    }

    @Test
    void a_router_that_returns_nothing_or_throws_an_error_keeps_no_place() {
        for (boolean error : new boolean[] {true, false}) {
            var seen = new CopyOnWriteArrayList<String>();
            var publisher = new Broadcaster();
            toClose.add(CommandDispatcher.start(publisher, PayloadCodec.TEXT, List.of(new Broken(error, seen))));

            publisher.publish("broken", "1");
            publisher.publish("broken", "2");

            await().until(() -> seen.equals(List.of("1", "2")));
        }
    }

    private final Broadcaster broadcaster = new Broadcaster();
    private final List<AutoCloseable> toClose = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (var each : toClose) {
            each.close();
        }
    }

    /** Gives each message to every listener whose filter matches, as a client does. */
    private static final class Broadcaster implements MessageSubscriber {
        private record Listening(SubscribeOptions options, MessageListener listener) {}

        private final List<Listening> all = new CopyOnWriteArrayList<>();

        @Override
        public Subscription subscribe(SubscribeOptions options, MessageListener listener) {
            var listening = new Listening(options, listener);
            all.add(listening);
            return new Subscription() {
                @Override
                public SubscribeOptions options() {
                    return options;
                }

                @Override
                public CompletableFuture<Void> granted() {
                    return CompletableFuture.completedFuture(null);
                }

                @Override
                public Optional<String> problem() {
                    return Optional.empty();
                }

                @Override
                public void close() {
                    all.remove(listening);
                }
            };
        }

        void publish(String topic, String text) {
            var message = Message.of(TopicName.of(topic), text);
            for (var each : all) {
                if (each.options().filter().matches(message.topic())) {
                    each.listener().onMessage(new Copy(message));
                }
            }
        }

        private record Copy(Message message) implements Delivery {
            @Override
            public long receivedNanos() {
                return 0;
            }

            @Override
            public boolean duplicate() {
                return false;
            }

            @Override
            public void acknowledge() {}
        }
    }

    /** Keeps what it gets. */
    private static class Keeper implements CommandRouter<String> {
        final List<String> got = new CopyOnWriteArrayList<>();
        final List<Message> refused = new CopyOnWriteArrayList<>();
        private final TopicFilter filter;
        private final Predicate<String> selector;

        Keeper(String filter, Predicate<String> selector) {
            this.filter = TopicFilter.of(filter);
            this.selector = selector;
        }

        @Override
        public TopicFilter filter() {
            return filter;
        }

        @Override
        public boolean selects(Message message, String value) {
            return selector.test(value);
        }

        @Override
        public int concurrency() {
            return 1;
        }

        @Override
        public CompletionStage<Void> route(Message message, String value) {
            got.add(value);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void refused(Message message) {
            refused.add(message);
        }
    }

    private CommandDispatcher<String> dispatch(
            List<CommandRouter<String>> routers, List<CommandRouter<String>> observers) {
        var dispatcher = CommandDispatcher.start(broadcaster, PayloadCodec.TEXT, routers, observers);
        toClose.add(dispatcher);
        return dispatcher;
    }

    private static void awaitCount(List<?> list, int count) {
        await().until(() -> list.size() == count);
    }

    @Test
    void the_first_router_in_order_whose_filter_and_selector_match_gets_a_message() {
        var starts = new Keeper("cmd/+", text -> text.startsWith("start"));
        var rest = new Keeper("cmd/#", _ -> true);
        var never = new Keeper("cmd/a", _ -> true);
        var dispatcher = dispatch(List.of(starts, rest, never), List.of());

        broadcaster.publish("cmd/a", "start 1");
        broadcaster.publish("cmd/a", "stop 2");
        broadcaster.publish("cmd/a/b", "start 3");
        broadcaster.publish("other", "x");

        awaitCount(rest.got, 2);
        awaitCount(starts.got, 1);
        assertThat(rest.got).containsExactly("stop 2", "start 3");
        assertThat(starts.got).containsExactly("start 1");
        assertThat(never.got).isEmpty();
        assertThat(dispatcher.unrouted()).isZero();
    }

    @Test
    void it_subscribes_once_per_filter() {
        dispatch(List.of(new Keeper("a", _ -> false), new Keeper("a", _ -> true)), List.of(new Keeper("a", _ -> true)));

        assertThat(broadcaster.all).hasSize(1);
    }

    @Test
    void observers_see_all_that_matches_whoever_gets_it() {
        var router = new Keeper("a", _ -> true);
        var observer = new Keeper("#", _ -> true);
        var dispatcher = dispatch(List.of(router), List.of(observer));

        broadcaster.publish("a", "1");
        broadcaster.publish("b", "2");

        awaitCount(observer.got, 2);
        awaitCount(router.got, 1);
        assertThat(dispatcher.unrouted()).isEqualTo(1);
    }

    @Test
    void a_router_or_selector_that_fails_harms_no_other() {
        var failing =
                new Keeper("a", text -> {
                    if (text.equals("selector")) {
                        throw new IllegalStateException("planned");
                    }
                    return text.startsWith("mine");
                }) {
                    @Override
                    public CompletionStage<Void> route(Message message, String value) {
                        got.add(value);
                        if (value.endsWith("throws")) {
                            throw new IllegalStateException("planned");
                        }
                        return CompletableFuture.failedFuture(new IllegalStateException("planned"));
                    }
                };
        var other = new Keeper("a", _ -> true);
        dispatch(List.of(failing, other), List.of());

        for (var text : List.of("mine throws", "mine fails", "selector", "yours")) {
            broadcaster.publish("a", text);
        }

        awaitCount(failing.got, 2);
        awaitCount(other.got, 2);
        assertThat(other.got).containsExactly("selector", "yours");
    }

    @Test
    void a_router_that_blocks_holds_up_no_other_and_takes_only_so_many() throws Exception {
        var gate = new CountDownLatch(1);
        var slow = new Keeper("slow", _ -> true) {
            @Override
            public CompletionStage<Void> route(Message message, String value) {
                try {
                    gate.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return super.route(message, value);
            }
        };
        var quick = new Keeper("quick", _ -> true);
        var dispatcher = dispatch(List.of(slow, quick), List.of());

        broadcaster.publish("slow", "first");
        for (int i = 0; i < 1_000 + 5; i++) {
            broadcaster.publish("slow", "" + i);
        }
        broadcaster.publish("quick", "x");
        awaitCount(quick.got, 1);

        // One is being routed; perhaps it was taken from the queue before the flood, perhaps after.
        assertThat(dispatcher.refused()).isBetween(4L, 6L);
        assertThat(slow.refused).hasSize((int) dispatcher.refused());
        gate.countDown();
        await().until(() -> slow.got.size() == 1_000 + 6 - slow.refused.size());
        assertThat(slow.got.getFirst()).isEqualTo("first");
    }

    @Test
    void what_cannot_be_decoded_is_counted() {
        var router = new Keeper("a", _ -> true);
        var codec = new PayloadCodec<String>() {
            @Override
            public Message encode(TopicName topic, String value) {
                return Message.of(topic, value);
            }

            @Override
            public String decode(Message message) {
                if (message.size() == 0) {
                    throw new IllegalArgumentException("empty");
                }
                return message.text();
            }
        };
        var dispatcher = CommandDispatcher.start(broadcaster, codec, List.of(router));
        toClose.add(dispatcher);

        broadcaster.publish("a", "");
        broadcaster.publish("a", "x");

        awaitCount(router.got, 1);
        assertThat(dispatcher.undecodable()).isEqualTo(1);
    }
}
