package io.akrimqtt.cli.process;

import io.akrimqtt.serving.Lifeline;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A Java program to run. Its text form shows no value of its environment, where secrets are; nothing secret belongs into its
 * arguments.
 *
 * @param launch how its Java is told what to run
 * @param environment all that it gets, beside PATH, HOME, LANG and TMPDIR of this process and the lifeline that ends it with us
 * @param heapMegabytes its largest heap
 * @param log where its output goes; of bounded size
 */
public record Program(
        String name,
        Launch launch,
        List<String> arguments,
        Map<String, String> environment,
        int heapMegabytes,
        Path log) {

    /** The heap of a small program. */
    public static final int SMALL_HEAP_MEGABYTES = 64;

    private static final Set<String> INHERITED = Set.of("PATH", "HOME", "LANG", "TMPDIR");

    /** Copies the collections. */
    public Program {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }

    /** Not started yet; its input is a pipe and its error output goes where its output goes. */
    ProcessBuilder process() {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx" + heapMegabytes + "m");
        command.addAll(launch.arguments());
        command.addAll(arguments);
        var process = new ProcessBuilder(command).redirectErrorStream(true);
        process.environment().keySet().retainAll(INHERITED);
        process.environment().put("MALLOC_ARENA_MAX", "1");
        process.environment().putAll(environment);
        process.environment().put(Lifeline.VARIABLE, "stdin");
        return process;
    }

    @Override
    public String toString() {
        return name + " (" + environment.size() + " variables)";
    }
}
