package io.akrimqtt.cli.command;

import io.akrimqtt.cli.output.Output;
import io.akrimqtt.cli.output.Terminal;
import java.util.Locale;
import picocli.CommandLine.Option;

/** How to print. */
final class OutputOption {

    enum Choice {
        text,
        json
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            defaultValue = "text",
            description =
                    "${COMPLETION-CANDIDATES}: lines for people, or JSON Lines for programs (see 'akri-mqtt help json').")
    private Choice choice = Choice.text;

    Output open(CliContext context) {
        var form = Output.Form.valueOf(choice.name().toUpperCase(Locale.ROOT));
        var terminal = Terminal.detect(context.terminal(), context.environment());
        return new Output(context.out(), form, terminal, context.zone());
    }
}
