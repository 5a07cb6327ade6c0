package io.akrimqtt.handler.journal;

import java.nio.file.Path;
import java.time.InstantSource;

/** A process that writes devices one by one and says after each that it is written, until it is killed or the journal is lost. */
final class WriterMain {

    private WriterMain() {}

    /** Arguments: the journal's file, and how many devices to write at most. */
    public static void main(String[] args) {
        var journal = Journal.start(Path.of(args[0]), InstantSource.system());
        var part = journal.part("w");
        long most = Long.parseLong(args[1]);
        for (long i = 0; i < most && journal.problem().isEmpty(); i++) {
            part.remember(Memories.change(Memories.full("d" + i)));
            if (journal.problem().isEmpty()) {
                System.out.println("d" + i);
            }
        }
        System.out.println("problem: " + journal.problem());
    }
}
