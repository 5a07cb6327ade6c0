package io.akrimqtt.cli.inspect;

import com.google.protobuf.Timestamp;
import io.akrimqtt.cli.access.Workload;
import io.akrimqtt.cli.output.Event;
import io.akrimqtt.proto.monitoring.v1.Command;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;

/** A command as its workload remembers it. */
public record CommandRow(Workload workload, Command command) {

    /** For a table. */
    public static final List<String> HEADINGS =
            List.of("COMMAND ID", "DEVICE", "COMMAND", "STATE", "STATUS", "AGE", "WAITS", "WHY");

    /** Its row of a table with these headings. */
    public List<String> row(Instant now) {
        var status = command.getStatus();
        return List.of(
                status.getCommandId(),
                command.getMember().isEmpty() ? workload.deviceName() : command.getMember(),
                command.getCommand(),
                state(),
                status.getStatus() == 0 ? "-" : Integer.toString(status.getStatus()),
                seconds(Duration.between(instant(command.getSubmitted()), now)),
                status.getLast() || command.hasSent()
                        ? "-"
                        : seconds(Duration.between(now, instant(command.getUntil()))),
                text());
    }

    private String state() {
        return command.getStatus().getState().name().replace("COMMAND_STATE_", "");
    }

    private String text() {
        var text = command.getStatus().getText();
        if (!command.hasLate()) {
            return text;
        }
        var late = command.getLate().getState().name().replace("COMMAND_STATE_", "");
        return text + "; answered late: " + late.toLowerCase(Locale.ROOT);
    }

    /** As an event. */
    public Event event(InstantSource clock) {
        return Invocation.event(command.getStatus(), command.getCommand(), command.getMember(), workload, clock);
    }

    private static Instant instant(Timestamp time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }

    private static String seconds(Duration time) {
        long seconds = Math.max(0, time.toSeconds());
        return seconds < 120 ? seconds + "s" : seconds < 7200 ? seconds / 60 + "m" : seconds / 3600 + "h";
    }
}
