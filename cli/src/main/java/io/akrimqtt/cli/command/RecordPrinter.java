package io.akrimqtt.cli.command;

import io.akrimqtt.cli.capture.Progress;
import io.akrimqtt.cli.output.Event;
import io.akrimqtt.cli.output.EventType;
import io.akrimqtt.cli.output.Field;
import io.akrimqtt.cli.output.LiveScreen;
import io.akrimqtt.cli.output.Output;
import io.akrimqtt.cli.output.Table;
import io.akrimqtt.cli.recording.Recorded;
import io.akrimqtt.messaging.client.ServerUrl;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prints how a recording goes: a table that lives on a terminal, else a line for each change of a connection. */
final class RecordPrinter {

    private final Output out;
    private final InstantSource clock;
    private final List<ServerUrl> servers;
    private final Path target;
    private final @Nullable LiveScreen screen;

    RecordPrinter(Output out, InstantSource clock, List<ServerUrl> servers, Path target) {
        this.out = out;
        this.clock = clock;
        this.servers = servers;
        this.target = target;
        this.screen = out.live() ? out.screen() : null;
    }

    void begin(String configuration) {
        out.event(Event.of(EventType.RECORDING_STARTED, clock.instant())
                .with(Field.CONFIGURATION, configuration)
                .with(Field.FILE, target.toString())
                .with(Field.TEXT, "until Ctrl-C; payloads are recorded"));
    }

    void show(Progress progress, @Nullable Recorded recorded) {
        if (screen != null && recorded == null) {
            screen.show(List.of(), new Table(Progress.HEADINGS, progress.rows()));
        }
        if (recorded != null && screen == null) {
            news(recorded);
        }
    }

    private void news(Recorded recorded) {
        switch (recorded) {
            case Recorded.Connected(var at, var server, var protocol) ->
                out.event(Event.of(EventType.SERVER_CONNECTED, at)
                        .with(Field.URL, servers.get(server).toString())
                        .with(Field.TEXT, "MQTT " + protocol));
            case Recorded.Disconnected(var at, var server, var reason) ->
                out.event(Event.of(EventType.SERVER_AWAY, at)
                        .with(Field.URL, servers.get(server).toString())
                        .with(Field.TEXT, reason));
            case Recorded.RetainedRead _, Recorded.Retained _, Recorded.Published _, Recorded.Ended _ -> {}
        }
    }

    void end(Progress progress) {
        out.event(Event.of(EventType.RECORDING_FINISHED, clock.instant())
                .with(Field.FILE, target.toString())
                .with(Field.MESSAGES, progress.messages())
                .with(Field.BYTES, progress.bytes())
                .with(Field.REASON, progress.reason())
                .with(Field.TEXT, text(progress)));
    }

    private String text(Progress progress) {
        return "%d messages, %d bytes in %s: %s"
                .formatted(progress.messages(), progress.bytes(), target, progress.reason());
    }
}
