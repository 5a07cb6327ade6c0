package io.akrimqtt.benchmarks;

/** Something that can be asked many things at a time, and answers each. */
interface Asking extends AutoCloseable {

    String name();

    /** Asks once; thread-safe, does not wait. */
    void ask(Runnable answered);

    @Override
    void close();
}
