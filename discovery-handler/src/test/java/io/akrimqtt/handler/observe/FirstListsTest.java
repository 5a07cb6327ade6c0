package io.akrimqtt.handler.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.handler.observe.FirstLists.Seen;
import io.akrimqtt.handler.report.StreamCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class FirstListsTest {

    private static final Instant REGISTERED = Instant.parse("2030-01-01T00:00:00Z");
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final FirstLists lists = new FirstLists();

    private Optional<String> missing(Duration after, int open, int waiting, OptionalInt configurations) {
        var seen = new Seen(Optional.of(REGISTERED), new StreamCounts(open, waiting, open), configurations);
        return lists.missing(REGISTERED.plus(after), seen);
    }

    private Optional<String> missing(Duration after, int open, int waiting) {
        return missing(after, open, waiting, OptionalInt.empty());
    }

    @Test
    void nothing_counts_before_the_agent_knows_the_handler() {
        var seen = new Seen(Optional.empty(), new StreamCounts(1, 0, 1), OptionalInt.of(1));

        assertThat(lists.missing(REGISTERED.plus(FirstLists.PATIENCE), seen))
                .contains("the handler has not registered with Akri's agent yet");
    }

    @Test
    void a_stream_that_has_no_list_yet_is_waited_for_however_long_it_takes() {
        assertThat(missing(FirstLists.PATIENCE.multipliedBy(10), 2, 1))
                .contains("1 of 2 Discover streams have not been given their first list yet");
        assertThat(missing(FirstLists.PATIENCE.multipliedBy(10).plus(MOMENT), 2, 0))
                .isEmpty();
    }

    @Test
    void where_nobody_asks_it_is_waited_for_a_while_and_no_longer() {
        assertThat(missing(Duration.ZERO, 0, 0)).isPresent();
        assertThat(missing(FirstLists.PATIENCE.minus(MOMENT), 0, 0))
                .contains(
                        "Akri's agent has opened 0 Discover streams: waiting for more for 10 s after the registration at"
                                + " most");
        assertThat(missing(FirstLists.PATIENCE, 0, 0)).isEmpty();
    }

    @Test
    void where_there_is_no_configuration_nobody_is_waited_for() {
        assertThat(missing(Duration.ZERO, 0, 0, OptionalInt.of(0))).isEmpty();
    }

    @Test
    void where_configurations_are_known_each_has_to_have_its_stream() {
        assertThat(missing(FirstLists.QUIET.multipliedBy(5), 1, 0, OptionalInt.of(2)))
                .isPresent()
                .hasValueSatisfying(text -> assertThat(text).contains("opened 1 of 2 Discover streams"));
        assertThat(missing(FirstLists.QUIET.multipliedBy(5), 2, 0, OptionalInt.of(2)))
                .isEmpty();
    }

    @Test
    void a_configuration_that_never_gets_a_stream_holds_up_no_longer_than_a_while() {
        assertThat(missing(FirstLists.PATIENCE, 1, 0, OptionalInt.of(2))).isEmpty();
    }

    @Test
    void where_configurations_are_not_known_no_further_stream_must_have_come_for_a_moment() {
        assertThat(missing(Duration.ofSeconds(1), 1, 0)).isPresent();
        assertThat(missing(Duration.ofSeconds(2).minus(MOMENT), 1, 0)).isPresent();
        assertThat(missing(Duration.ofSeconds(2).minus(MOMENT), 2, 0)).isPresent();
        assertThat(missing(Duration.ofSeconds(3).minus(MOMENT).minus(MOMENT), 2, 0))
                .isPresent();
        assertThat(missing(Duration.ofSeconds(3), 2, 0)).isEmpty();
    }
}
