package io.akrimqtt.images;

import io.akrimqtt.messaging.client.ServerUrl;
import io.akrimqtt.messaging.testing.HiveMqServer;
import java.io.IOException;
import java.util.List;

/**
 * A training run: starts a program by its command, has it work among stand-ins, and ends it. What is kept of the run is the matter of
 * the command's own options, such as {@code -XX:AOTCacheOutput}.
 */
public final class TrainingMain {

    private static final String USAGE =
            "usage: TrainingMain discovery-handler|monitoring-broker|dispatcher COMMAND..., by which the program is started";

    private TrainingMain() {}

    /** Exit code 2 for wrong arguments, 1 where the run went wrong. */
    public static void main(String[] arguments) {
        if (arguments.length < 2) {
            System.err.println(USAGE);
            System.exit(2);
        }
        try {
            train(arguments[0], List.of(arguments).subList(1, arguments.length));
        } catch (Exception | Error e) {
            // Threads of the MQTT server's would keep the process for ever.
            e.printStackTrace();
            System.exit(1);
        }
        System.exit(0);
    }

    private static void train(String program, List<String> command) throws Exception {
        try (var server = HiveMqServer.start();
                var lesson = lesson(program, server.url())) {
            var trainee = Trainee.start(command, lesson.environment());
            try {
                trainee.ready();
                lesson.teach();
                for (var page : List.of("/livez", "/readyz", "/metrics")) {
                    if (!trainee.answers(page)) {
                        throw new IllegalStateException(page + " is not served");
                    }
                }
                trainee.end();
            } finally {
                trainee.kill();
            }
        }
    }

    private static Lesson lesson(String program, ServerUrl server) throws IOException {
        return switch (program) {
            case "monitoring-broker" -> MonitorLesson.prepare(server);
            case "discovery-handler" -> HandlerLesson.prepare(server);
            case "dispatcher" -> DispatcherLesson.prepare(server);
            default -> throw new IllegalArgumentException(program + " (" + USAGE + ")");
        };
    }
}
