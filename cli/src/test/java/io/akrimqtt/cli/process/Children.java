package io.akrimqtt.cli.process;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ThrowingRunnable;

/** Programs for tests. */
final class Children {

    static final Launch LAUNCH = Launch.of(List.of(System.getProperty("java.class.path")), ChildMain.class.getName());

    /** Restarts almost at once, so that tests need not wait. */
    static final RestartTiming QUICK =
            new RestartTiming(Duration.ofMillis(10), Duration.ofMillis(40), Duration.ofSeconds(10));

    /** Restarts so late that no test lives to see it. */
    static final RestartTiming PATIENT =
            new RestartTiming(Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1));

    private Children() {}

    static Program program(Path directory, String behaviour) {
        return new Program(
                "child", LAUNCH, List.of("argument"), Map.of("CHILD", behaviour), 32, directory.resolve("child.log"));
    }

    static void eventually(ThrowingRunnable assertion) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(assertion);
    }

    static boolean alive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }
}
