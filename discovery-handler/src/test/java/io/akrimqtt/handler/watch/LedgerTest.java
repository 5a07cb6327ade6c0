package io.akrimqtt.handler.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.handler.journal.WatchJournal;
import io.akrimqtt.presence.state.Memory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is written before what is acknowledged. */
class LedgerTest {

    private final List<String> happened = new ArrayList<>();
    private boolean ended;
    private final Ledger ledger = new Ledger(new Written(), _ -> Optional.empty(), () -> ended);

    /** Notes what is written. */
    private final class Written implements WatchJournal {
        @Override
        public List<Memory> memories() {
            return List.of();
        }

        @Override
        public void remember(Map<String, Optional<Memory>> changes) {
            happened.add("written " + new TreeSet<>(changes.keySet()));
        }

        @Override
        public boolean lacking() {
            return false;
        }

        @Override
        public void rememberAll(Stream<Memory> all) {
            happened.add("all written");
        }

        @Override
        public Optional<Instant> sessionUntil(int server) {
            return Optional.empty();
        }

        @Override
        public void session(int server, long expirySeconds) {}

        @Override
        public Map<String, String> reportedIds() {
            return Map.of();
        }

        @Override
        public void reportedIds(Map<String, String> ids) {}
    }

    private void arrives(String name, String... changed) {
        ledger.remember(Set.of(changed));
        ledger.arrived(() -> happened.add("acknowledged " + name));
    }

    @Test
    void a_message_that_changes_something_is_acknowledged_after_that_is_written_and_so_is_what_comes_behind_it() {
        arrives("will", "a");
        arrives("data");
        arrives("birth", "b");
        assertThat(happened).isEmpty();

        ledger.settle();

        assertThat(happened)
                .containsExactly("written [a, b]", "acknowledged will", "acknowledged data", "acknowledged birth");
    }

    @Test
    void a_message_that_changes_nothing_is_acknowledged_at_once() {
        arrives("data");

        assertThat(happened).containsExactly("acknowledged data");
    }

    @Test
    void a_storm_is_written_in_groups_of_bounded_size() {
        for (int i = 0; i < 1000; i++) {
            arrives("m" + i, "d" + i);
        }

        assertThat(happened.stream().filter(each -> each.startsWith("written"))).hasSize(1);
        assertThat(happened).hasSize(513);
    }

    @Test
    void nothing_is_acknowledged_after_the_end_since_the_journal_may_have_gone() {
        arrives("will", "a");
        ended = true;
        ledger.settle();
        arrives("data");
        ledger.settle();

        assertThat(happened).containsExactly("written [a]");
    }

    @Test
    void everything_is_written_anew_before_what_waits_is_acknowledged() {
        arrives("will", "a");

        ledger.writeAll(Stream.of());

        assertThat(happened).containsExactly("all written", "acknowledged will");
    }
}
