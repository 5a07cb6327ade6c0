package io.akrimqtt.benchmarks;

/** Something that receives messages and counts them. */
interface Receiver extends AutoCloseable {

    /** As it stands in the table. */
    String name();

    /** Messages so far; thread-safe. */
    long received();

    @Override
    void close();
}
