package io.akrimqtt.cli.command;

import io.akrimqtt.cli.configuration.Manifests;
import io.akrimqtt.cli.configuration.Severity;
import io.akrimqtt.cli.local.LocalOptions;
import io.akrimqtt.cli.local.LocalRun;
import io.akrimqtt.cli.local.LocalRunException;
import io.akrimqtt.cli.local.Plan;
import io.akrimqtt.cli.local.Programs;
import io.akrimqtt.cli.output.Output;
import io.akrimqtt.serving.MonotonicClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code akri-mqtt local}: everything on this machine. */
@Command(
        name = "local",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Runs everything on this machine, without a cluster: a local stand-in for Akri's agent, the discovery handler and "
                    + "one monitoring broker per device, as real processes.",
            "",
            "It serves the API of this little cluster on loopback, with a kubeconfig in the run's directory: look with kubectl.",
            "",
            "Without options it is a demonstration: an embedded MQTT server, a sample Configuration and simulated devices; one "
                    + "gets a command, one dies without a word. With --configuration it works on your MQTT servers and your devices; "
                    + "with --devices N as well, the embedded MQTT server and the simulated devices run beside them: name "
                    + "tcp://127.0.0.1:PORT in the Configuration to find them."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:It ran, until Ctrl-C or for as long as --for said.",
            ExitCode.FAILED_TEXT,
            ExitCode.USAGE_TEXT
        })
final class LocalCommand implements Callable<Integer> {

    private static final int MAX_DEVICES = 200;
    private static final int MAX_NODES = 3;
    private static final int LONGEST_NODE = 63;

    private final CliContext context;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private OutputOption output = new OutputOption();

    @Mixin
    private RunOption run = new RunOption();

    @Option(
            names = "--configuration",
            paramLabel = "FILE",
            description =
                    "What kubectl apply takes: Configurations, Secrets, ConfigMaps; repeatable. Default: a sample.")
    private List<Path> configurations = List.of();

    @Option(
            names = "--devices",
            paramLabel = "N",
            description = "How many devices to simulate, 1 to 200, or none. Default: 3, or none with --configuration.")
    private @Nullable String devices;

    @Option(
            names = "--for",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "Stop after this time, for example 60s. Default: Ctrl-C stops it.")
    private @Nullable Duration duration;

    @Option(
            names = "--mqtt-port",
            paramLabel = "PORT",
            description = "Where the embedded MQTT server listens, on 127.0.0.1; 0 for any free port. Default: 1883.")
    private int mqttPort = 1883;

    @Option(
            names = "--node",
            paramLabel = "NAME",
            description =
                    "The name of the node that this machine plays; of several, with -1, -2 and so on. Default: local.")
    private String node = "local";

    @Option(
            names = "--nodes",
            paramLabel = "N",
            description =
                    "How many nodes this machine plays, 1 to 3, each with an agent and a handler of its own. Default: 1.")
    private int nodes = 1;

    @Option(
            names = "--no-guard",
            description =
                    "Without the guard, as in Akri alone: agents delete Instances of living devices after restarts.")
    private boolean withoutGuard;

    LocalCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InterruptedException {
        var options = options();
        var out = output.open(context);
        var manifests = Plan.read(options);
        if (manifests.broken()) {
            refuse(manifests, out);
            return ExitCode.USAGE;
        }
        try {
            var programs = Programs.find(context.home());
            run(new LocalRun(options, programs, out, MonotonicClock.start(context.clock())), manifests);
            return ExitCode.DONE;
        } catch (LocalRunException e) {
            throw new CliFailure(ExitCode.FAILED, String.valueOf(e.getMessage()));
        }
    }

    private LocalOptions options() {
        if (mqttPort < 0 || mqttPort > 65_535) {
            throw wrong("--mqtt-port: " + mqttPort + " (expected: 0 to 65535)");
        }
        if (!node.matches("[a-z0-9]([-a-z0-9.]{0,61}[a-z0-9])?")) {
            throw wrong("--node: '" + node + "' (expected: a node's name of lower-case letters, digits, - and .)");
        }
        if (nodes < 1 || nodes > MAX_NODES) {
            throw wrong("--nodes: " + nodes + " (expected: 1 to " + MAX_NODES + ")");
        }
        if (nodes > 1 && node.length() > LONGEST_NODE - 2) {
            throw wrong(
                    "--node: '" + node + "' (expected: at most " + (LONGEST_NODE - 2) + " characters with --nodes)");
        }
        return new LocalOptions(
                configurations, devices(), duration, mqttPort, run.directory(context), node, nodes, !withoutGuard);
    }

    private @Nullable Integer devices() {
        if (devices == null) {
            return null;
        }
        if (devices.equals("none")) {
            return 0;
        }
        int count = devices.matches("\\d{1,3}") ? Integer.parseInt(devices) : 0;
        if (count < 1 || count > MAX_DEVICES) {
            throw wrong("--devices: '" + devices + "' (expected: 1 to " + MAX_DEVICES + ", or none)");
        }
        return count;
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private void refuse(Manifests manifests, Output out) {
        if (out.json()) {
            FindingsPrinter.print(manifests, out, context.clock().instant());
        } else {
            manifests.findings().stream()
                    .filter(finding -> finding.severity() != Severity.NOTE)
                    .forEach(finding -> context.err().println(finding));
        }
        context.err().println("akri-mqtt: nothing was started: the Configuration has problems");
    }

    /** A signal asks the run to end, and waits for it. */
    private static void run(LocalRun run, Manifests manifests) throws LocalRunException {
        var onSignal = new Thread(() -> end(run), "stop");
        Runtime.getRuntime().addShutdownHook(onSignal);
        try {
            run.run(manifests);
        } finally {
            forget(onSignal);
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // A signal was faster: the hook ends the process.
        }
    }

    /** A clean end is a success, whatever the signal: without this the exit code would be 128 and the signal's number. */
    private static void end(LocalRun run) {
        run.stop();
        try {
            run.awaitEnd();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(ExitCode.DONE);
    }
}
