package io.akrimqtt.cli.cluster.store;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last writes, as many as fit; older ones are forgotten. Confined to the store's lock. */
final class History {

    /** Characters of JSON that are kept at most, whatever the number of writes. */
    private static final long MOST_CHARACTERS = 32L * 1024 * 1024;

    private final int most;
    private final Deque<Commit> commits = new ArrayDeque<>();
    private long characters;
    private long forgotten;

    History(int most) {
        this.most = most;
    }

    void add(Commit commit) {
        commits.addLast(commit);
        characters += commit.size();
        while (commits.size() > most || (characters > MOST_CHARACTERS && commits.size() > 1)) {
            var oldest = commits.removeFirst();
            characters -= oldest.size();
            forgotten = oldest.version();
        }
    }

    /** All after a version; 410 Expired where some of them are forgotten. */
    List<Commit> after(long version) {
        if (version < forgotten) {
            throw Refusals.expired("too old resource version: " + version + " (" + (forgotten + 1) + ")");
        }
        return commits.stream().filter(commit -> commit.version() > version).toList();
    }
}
