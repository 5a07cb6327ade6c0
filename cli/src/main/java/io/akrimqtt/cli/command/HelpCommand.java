package io.akrimqtt.cli.command;

import io.akrimqtt.cli.output.EventSchema;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code akri-mqtt help}: a command's usage, or the events of {@code --output json}. */
@Command(
        name = "help",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        helpCommand = true,
        description = "Tells how to use a command; 'help json' lists the events of --output json.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {ExitCode.DONE_TEXT, ExitCode.USAGE_TEXT})
final class HelpCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "0..*", paramLabel = "COMMAND", description = "The command, or json.")
    private List<String> words = List.of();

    @Override
    public Integer call() {
        var line = spec.root().commandLine();
        if (words.equals(List.of("json"))) {
            line.getOut().println(EventSchema.text());
            return ExitCode.DONE;
        }
        var found = line;
        for (var word : words) {
            var next = found.getSubcommands().get(word);
            if (next == null) {
                throw new ParameterException(spec.commandLine(), "no command '" + word + "'");
            }
            found = next;
        }
        found.usage(line.getOut());
        return ExitCode.DONE;
    }
}
