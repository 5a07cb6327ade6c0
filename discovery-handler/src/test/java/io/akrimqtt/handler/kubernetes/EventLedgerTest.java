package io.akrimqtt.handler.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.handler.caretaker.Action.Tell;
import io.akrimqtt.handler.cluster.ObjectRef;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EventLedgerTest {

    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

    private final EventLedger ledger = new EventLedger();

    private static Tell tell(String uid, String text) {
        return new Tell(new ObjectRef("n", "line", uid, "1"), Tell.Kind.MENDED, false, text);
    }

    @Test
    void the_first_is_written_at_once_and_repetitions_as_a_count_now_and_then() {
        assertThat(ledger.say(tell("a", "x"), T0))
                .get()
                .extracting(EventLedger.Entry::count)
                .isEqualTo(1);
        assertThat(ledger.say(tell("a", "x"), T0.plusSeconds(1))).isEmpty();
        assertThat(ledger.say(tell("a", "x"), T0.plus(EventLedger.COUNT).minusMillis(1)))
                .isEmpty();

        var counted = ledger.say(tell("a", "x"), T0.plus(EventLedger.COUNT));

        assertThat(counted)
                .contains(new EventLedger.Entry(
                        new ObjectRef("n", "line", "a", "1"),
                        Tell.Kind.MENDED,
                        false,
                        "x",
                        T0,
                        T0.plus(EventLedger.COUNT),
                        4));
        assertThat(ledger.say(tell("a", "x"), T0.plus(EventLedger.COUNT).plusSeconds(1)))
                .isEmpty();
    }

    @Test
    void what_kubernetes_has_forgotten_is_new() {
        ledger.say(tell("a", "x"), T0);

        assertThat(ledger.say(tell("a", "x"), T0.plus(EventLedger.FORGET)))
                .get()
                .extracting(EventLedger.Entry::count, EventLedger.Entry::first)
                .containsExactly(1, T0.plus(EventLedger.FORGET));
    }

    @Test
    void an_event_that_could_not_be_written_is_tried_again() {
        ledger.forget(ledger.say(tell("a", "x"), T0).orElseThrow());

        assertThat(ledger.say(tell("a", "x"), T0.plusSeconds(1)))
                .get()
                .extracting(EventLedger.Entry::count)
                .isEqualTo(1);
    }

    @Test
    void one_object_has_so_many_texts_and_no_more_and_others_have_theirs() {
        for (int i = 0; i < EventLedger.BURST; i++) {
            assertThat(ledger.say(tell("a", "x" + i), T0)).isPresent();
        }
        assertThat(ledger.say(tell("a", "y"), T0)).isEmpty();
        assertThat(ledger.say(tell("b", "y"), T0)).isPresent();
        assertThat(ledger.say(tell("a", "y"), T0.plus(EventLedger.REFILL).minus(Duration.ofMillis(1))))
                .isEmpty();
        assertThat(ledger.say(tell("a", "y"), T0.plus(EventLedger.REFILL).plusMillis(1)))
                .isPresent();
    }

    @Test
    void its_memory_is_bounded_and_what_was_not_said_for_longest_is_forgotten() {
        ledger.say(tell("a", "old"), T0);
        ledger.say(tell("b", "kept"), T0);
        for (int i = 0; i < EventLedger.MAX_TEXTS - 2; i++) {
            ledger.say(tell("u" + i, "x"), T0);
        }
        ledger.say(tell("b", "kept"), T0);
        ledger.say(tell("c", "one too many"), T0);

        assertThat(ledger.say(tell("b", "kept"), T0)).isEmpty();
        assertThat(ledger.say(tell("a", "old"), T0)).isPresent();
    }
}
