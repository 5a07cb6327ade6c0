package io.akrimqtt.handler.journal;

import static io.akrimqtt.messaging.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TenureTest {

    private final CopyOnWriteArrayList<String> told = new CopyOnWriteArrayList<>();

    @TempDir
    Path folder;

    private Tenure start(String name) throws InterruptedException {
        var tenure = Tenure.start(folder.resolve("a.tenure"), InstantSource.system());
        tenure.hands(() -> told.add(name + " gives"), () -> told.add(name + " takes"));
        return tenure;
    }

    @Test
    void who_is_alone_acts_at_once() throws Exception {
        try (var only = start("only")) {
            assertThat(only.newest()).isTrue();
            assertThat(only.handedOver()).isFalse();
        }
    }

    @Test
    void the_newest_acts_and_the_older_one_has_let_go_before() throws Exception {
        try (var first = start("first");
                var second = start("second")) {
            assertThat(second.newest()).isTrue();
            assertThat(first.newest()).isFalse();
            assertThat(first.handedOver()).isTrue();
            assertThat(told).containsExactly("first gives");
        }
    }

    @Test
    void one_that_has_let_go_acts_again_when_its_successor_has_gone_and_not_before() throws Exception {
        try (var first = start("first")) {
            try (var second = start("second")) {
                await().during(Tenure.PATIENCE.plusSeconds(2))
                        .until(() -> second.newest() && !first.newest() && told.equals(List.of("first gives")));
            }
            await().until(first::newest);
            assertThat(told).containsExactly("first gives", "first takes");

            try (var third = start("third")) {
                assertThat(third.newest()).isTrue();
                assertThat(told).containsExactly("first gives", "first takes", "first gives");
            }
        }
    }

    @Test
    void one_that_has_let_go_waits_while_somebody_asks() throws Exception {
        var asking = new HandOver(folder.resolve("a.tenure"));
        try (var first = start("first")) {
            asking.ask(Instant.now());
            await().until(first::handedOver);

            await().during(Tenure.PATIENCE.plusSeconds(2)).until(() -> {
                asking.ask(Instant.now());
                return first.handedOver();
            });

            await().until(first::newest);
        }
    }

    @Test
    void a_request_of_a_process_that_has_gone_takes_nothing_away() throws Exception {
        try (var only = start("only")) {
            new HandOver(folder.resolve("a.tenure")).ask(Instant.now().minus(Duration.ofMinutes(1)));

            await().during(Duration.ofSeconds(1)).until(only::newest);
            assertThat(told).isEmpty();
        }
    }

    @Test
    void one_that_has_handed_over_leaves_when_its_successor_has_arrived_and_not_before() throws Exception {
        try (var first = start("first")) {
            first.arrived();
            try (var second = start("second")) {
                var left = new CompletableFuture<Boolean>();
                Thread.startVirtualThread(() -> leave(first, Duration.ofMinutes(1), left));

                await().during(Duration.ofSeconds(1)).until(() -> !left.isDone());
                second.arrived();

                assertThat(left.get(60, TimeUnit.SECONDS)).isTrue();
            }
        }
    }

    private static void leave(Tenure tenure, Duration most, CompletableFuture<Boolean> left) {
        try {
            left.complete(tenure.leave(most));
        } catch (InterruptedException e) {
            left.completeExceptionally(e);
        }
    }

    @Test
    void one_that_has_handed_over_waits_no_longer_than_it_was_told() throws Exception {
        try (var first = start("first");
                var _ = start("second")) {
            assertThat(first.leave(Duration.ofMillis(500))).isFalse();
        }
    }

    @Test
    void one_that_acts_leaves_at_once_and_takes_no_place_for_itself() throws Exception {
        try (var only = start("only")) {
            assertThat(only.leave(Duration.ofMinutes(1))).isTrue();
        }
    }

    @Test
    void what_one_that_does_not_act_says_is_not_heard() throws Exception {
        try (var first = start("first");
                var _ = start("second")) {
            first.arrived();

            assertThat(first.leave(Duration.ofMillis(500))).isFalse();
        }
    }

    @Test
    void where_nothing_can_be_locked_each_acts_as_if_alone() throws Exception {
        Files.createDirectory(folder.resolve("a.tenure"));
        try (var one = start("one")) {
            assertThat(one.newest()).isTrue();
        }
    }
}
