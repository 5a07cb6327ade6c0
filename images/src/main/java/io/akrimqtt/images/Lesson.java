package io.akrimqtt.images;

import java.time.Duration;
import java.util.Map;

/** What a program goes through in a training run: its surroundings, and the work of its days. Ended by {@link #close}. */
interface Lesson extends AutoCloseable {

    /** How long anything may take: builds share their machine with others. */
    Duration PATIENCE = Duration.ofMinutes(5);

    /** The settings with which it is started, beside where it serves HTTP. */
    Map<String, String> environment();

    /** Has it do what it does in a cluster; it is ready. */
    void teach() throws Exception;

    @Override
    void close();
}
