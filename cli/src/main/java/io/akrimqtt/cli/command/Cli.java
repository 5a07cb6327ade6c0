package io.akrimqtt.cli.command;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Runs one command line. */
public final class Cli {

    private Cli() {}

    /** Runs it to its end and returns the exit code. */
    public static int run(CliContext context, String... arguments) {
        return commandLine(context).execute(arguments);
    }

    static CommandLine commandLine(CliContext context) {
        var cli = context.plugin() ? Plugin.commandLine(context) : onThisMachine(context);
        cli.setOut(new PrintWriter(context.out(), true, StandardCharsets.UTF_8));
        cli.setErr(new PrintWriter(context.err(), true, StandardCharsets.UTF_8));
        cli.setParameterExceptionHandler(Cli::wrongUsage);
        cli.setExecutionExceptionHandler((e, line, _) -> failed(e, line));
        return cli;
    }

    private static CommandLine onThisMachine(CliContext context) {
        return new CommandLine(new RootCommand())
                .addSubcommand("local", new LocalCommand(context))
                .addSubcommand("get", new CommandLine(new GetCommand()).addSubcommand(new GetDevicesCommand(context)))
                .addSubcommand("watch", new WatchCommand(context))
                .addSubcommand("logs", new LogsCommand(context))
                .addSubcommand("invoke", new InvokeCommand(context))
                .addSubcommand("submit", new SubmitCommand(context))
                .addSubcommand("commands", new CommandsCommand(context))
                .addSubcommand("cancel", new CancelCommand(context))
                .addSubcommand("check", new CheckCommand(context))
                .addSubcommand("explain", new ExplainCommand(context))
                .addSubcommand("record", new RecordCommand(context))
                .addSubcommand("replay", new ReplayCommand(context))
                .addSubcommand("rebalance", new RebalanceCommand(context))
                .addSubcommand("help", new HelpCommand());
    }

    private static int wrongUsage(ParameterException e, String[] arguments) {
        var line = e.getCommandLine();
        var err = line.getErr();
        err.println("akri-mqtt: " + e.getMessage());
        UnmatchedArgumentException.printSuggestions(e, err);
        err.println("Try '" + line.getCommandSpec().qualifiedName() + " --help'.");
        return ExitCode.USAGE;
    }

    private static int failed(Exception e, CommandLine line) throws Exception {
        if (e instanceof CliFailure failure) {
            line.getErr().println("akri-mqtt: " + failure.getMessage());
            return failure.exitCode();
        }
        throw e;
    }
}
