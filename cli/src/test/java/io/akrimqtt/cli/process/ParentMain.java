package io.akrimqtt.cli.process;

import io.akrimqtt.cli.process.ProgramEvent.Started;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Supervises a child that sits there, says the child's process id, and waits to be killed. */
final class ParentMain {

    private ParentMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        var program = new Program(
                "grandchild", Children.LAUNCH, List.of(), Map.of("CHILD", "sit"), 32, Path.of(arguments[0]));
        try (var _ = Supervisor.start(program, RestartTiming.DEFAULT, event -> {
            if (event instanceof Started(var _, var pid)) {
                System.out.println("pid " + pid);
            }
        })) {
            new CountDownLatch(1).await();
        }
    }
}
