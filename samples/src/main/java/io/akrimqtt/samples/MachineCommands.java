package io.akrimqtt.samples;

import io.akrimqtt.messaging.client.PubSubClient;
import io.akrimqtt.messaging.rpc.CommandExecutor;
import io.akrimqtt.messaging.rpc.CommandHandler;
import io.akrimqtt.messaging.rpc.CommandReply;
import io.akrimqtt.messaging.rpc.CommandRequest;
import io.akrimqtt.messaging.rpc.CommandTopics;
import io.akrimqtt.messaging.rpc.Payload;
import io.akrimqtt.messaging.topic.TopicTemplate;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Consumer;

/** What a machine does when it is told to. Thread-safe: commands write the speed, telemetry reads it. */
final class MachineCommands {

    private static final int MAX_SPEED = 150;

    private final Machine machine;
    private final Consumer<String> journal;
    private volatile int speed = 100;

    /** @param journal gets a line for each command that is done */
    MachineCommands(Machine machine, Consumer<String> journal) {
        this.machine = machine;
        this.journal = journal;
    }

    /** Answers from the next connect on. Other commands than these are answered with 404. */
    CommandExecutor answer(PubSubClient client, InstantSource clock) {
        var request = TopicTemplate.of("{device}/cmd/{command}").fill("device", machine.topic());
        Map<String, CommandHandler> handlers =
                Map.of("identify", this::identify, "set-speed", this::setSpeed, "status", this::status);
        return CommandExecutor.create(client, new CommandTopics(request, null), handlers, clock);
    }

    /** In percent of the usual speed, 0 to 150. */
    int speed() {
        return speed;
    }

    private CommandReply identify(CommandRequest request) {
        journal.accept(machine.name() + " blinks");
        return json("{\"blinked\":3}");
    }

    private CommandReply setSpeed(CommandRequest request) {
        var text = request.payload().text().strip();
        if (!text.matches("\\d{1,3}") || Integer.parseInt(text) > MAX_SPEED) {
            return CommandReply.failed(400, "the speed is no whole number from 0 to " + MAX_SPEED);
        }
        speed = Integer.parseInt(text);
        journal.accept(machine.name() + " runs at " + speed + " %");
        return status(request);
    }

    private CommandReply status(CommandRequest request) {
        return json("{\"speed\":" + speed + "}");
    }

    private static CommandReply json(String text) {
        return CommandReply.ok(Payload.of(text.getBytes(StandardCharsets.UTF_8), "application/json"));
    }
}
