package io.akrimqtt.cli.process;

import io.akrimqtt.serving.GrpcListener;
import io.akrimqtt.serving.Lifeline;
import io.akrimqtt.serving.ListenAddress;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;

/** A program that behaves as the variable CHILD says. */
final class ChildMain {

    private ChildMain() {}

    public static void main(String[] arguments) throws InterruptedException, IOException {
        Lifeline.hold(
                System.getenv().getOrDefault(Lifeline.VARIABLE, ""),
                System.in,
                () -> Runtime.getRuntime().halt(0));
        switch (System.getenv("CHILD")) {
            case "bad settings" -> {
                System.err.println("MQTT_TOPICS: missing");
                System.exit(2);
            }
            case "crash" -> System.exit(1);
            case "chatter" -> System.out.println("0123456789abcdef\n".repeat(150_000) + "last words");
            case "environment" -> System.out.println(System.getenv() + " " + List.of(arguments));
            case "deaf" -> {
                Runtime.getRuntime().addShutdownHook(new Thread(ChildMain::sitThere));
                System.out.println("deaf");
                sitThere();
            }
            case "tidy" -> {
                Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("tidied up")));
                System.out.println("ready");
                sitThere();
            }
            case "serve" -> {
                serve(true);
                sitThere();
            }
            case "never ready" -> {
                serve(false);
                sitThere();
            }
            default -> sitThere();
        }
    }

    private static void serve(boolean ready) throws IOException {
        System.out.println(System.getenv());
        var address = ListenAddress.parse(System.getenv("AKRI_MQTT_GRPC_LISTEN"));
        Objects.requireNonNull(GrpcListener.start(address, List.of())).serving(ready);
    }

    private static void sitThere() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
