package io.akrimqtt.cli.command;

import io.akrimqtt.cli.dryrun.DryRun;
import io.akrimqtt.cli.dryrun.Outcome;
import io.akrimqtt.cli.output.Event;
import io.akrimqtt.cli.output.EventType;
import io.akrimqtt.cli.output.Field;
import io.akrimqtt.cli.output.LiveScreen;
import io.akrimqtt.cli.output.Output;
import io.akrimqtt.cli.output.Printable;
import io.akrimqtt.cli.output.Table;
import io.akrimqtt.handler.details.WatchedServer;
import io.akrimqtt.messaging.client.ServerUrl;
import io.akrimqtt.serving.MonotonicClock;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Looks at an MQTT server with Configurations, one after the other, and prints what they find.
 *
 * @param listen how long, once what is retained has been read
 */
record AgainstServer(ServerUrl url, Duration listen, Output out, CliContext context) {

    /** Whether the server was reached. */
    boolean at(Served served) throws InterruptedException {
        var clock = MonotonicClock.start(context.clock());
        var server = stand(served);
        var access = served.access(server, WatchedServer.CREDENTIALS, context);
        var run = new DryRun(served.details(), server, access, clock);
        Outcome outcome;
        try (var _ = new StopSignal(run::stop)) {
            outcome = run.run(listen, progress());
            if (!outcome.settled() || outcome.away()) {
                away(outcome);
                return false;
            }
            print(outcome, served.configuration().name(), clock);
        }
        return true;
    }

    /** The server of that URL where the details have it, else the first: its alias and its credentials. */
    private WatchedServer stand(Served served) {
        var servers = served.details().servers();
        var model = servers.stream()
                .filter(server -> server.url().equals(url))
                .findFirst()
                .orElseGet(servers::getFirst);
        return new WatchedServer(url, model.alias(), model.credentials());
    }

    private Consumer<Outcome> progress() {
        if (!out.live()) {
            return _ -> {};
        }
        LiveScreen screen = out.screen();
        return outcome -> screen.show(List.of(), table(outcome));
    }

    private Table table(Outcome outcome) {
        var state = outcome.away() ? outcome.problem() : outcome.settled() ? "listening" : "reading what is retained";
        return new Table(
                List.of("MQTT SERVER", "STATE", "DEVICES", "LISTED"),
                List.of(List.of(
                        url.toString(),
                        state,
                        Integer.toString(outcome.devices().size()),
                        Long.toString(outcome.listed()))));
    }

    private void away(Outcome outcome) {
        var problem = outcome.problem().isEmpty() ? "it does not answer in time" : outcome.problem();
        out.event(Event.of(EventType.SERVER_AWAY, context.clock().instant())
                .with(Field.URL, url.toString())
                .with(Field.TEXT, problem));
        context.err().println("akri-mqtt: " + url + " was not reached: " + Printable.of(problem));
    }

    private void print(Outcome outcome, String configuration, MonotonicClock clock) {
        var now = clock.instant();
        out.event(Event.of(EventType.SERVER_CONNECTED, now)
                .with(Field.URL, url.toString())
                .with(
                        Field.TEXT,
                        "Configuration %s finds %d devices and lists %d"
                                        .formatted(
                                                configuration, outcome.devices().size(), outcome.listed())
                                + (outcome.groups().isEmpty()
                                        ? ""
                                        : ", for Akri as groups: " + outcome.groupsListed())));
        outcome.subscriptionProblems()
                .forEach(problem -> context.err().println("akri-mqtt: warning: " + Printable.of(problem)));
        var printer = new StepPrinter(out, new LocalTimes(context.zone()), configuration);
        printer.devices(outcome.devices(), now);
        printer.groups(outcome.groups(), now);
        printer.ignored(outcome.ignored(), now);
    }
}
