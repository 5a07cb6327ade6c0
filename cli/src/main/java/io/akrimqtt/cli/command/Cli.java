package io.akrimqtt.cli.command;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Runs one command line. */
public final class Cli {

    private static final List<String> ABOUT_WORKLOADS = List.of("watch", "invoke", "submit", "commands", "cancel");

    private static final String[] WHERE = {
        "",
        "DEVICE is one of a local run, unless --address names its workload, or one of --kubeconfig,",
        "--context, -n and -A a cluster."
    };

    private Cli() {}

    /** Runs it to its end and returns the exit code. */
    public static int run(CliContext context, String... arguments) {
        return commandLine(context).execute(arguments);
    }

    static CommandLine commandLine(CliContext context) {
        var cli = context.plugin() ? Plugin.commandLine(context) : onThisMachine(context);
        // A payload may begin with '@'; no file is read for that.
        cli.setExpandAtFiles(false);
        cli.setOut(new PrintWriter(context.out(), true, StandardCharsets.UTF_8));
        cli.setErr(new PrintWriter(context.err(), true, StandardCharsets.UTF_8));
        cli.setParameterExceptionHandler(Cli::wrongUsage);
        cli.setExecutionExceptionHandler((e, line, _) -> failed(e, line));
        return cli;
    }

    private static CommandLine onThisMachine(CliContext context) {
        var cli = commands(context);
        cli.getSubcommands().forEach((name, command) -> {
            if (ABOUT_WORKLOADS.contains(name)) {
                command.getCommandSpec().usageMessage().footer(WHERE);
            }
        });
        return cli;
    }

    private static CommandLine commands(CliContext context) {
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
