package io.akrimqtt.cli.process;

import io.akrimqtt.serving.Lifeline;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A Java program to run. Its text form shows no value of its environment, where secrets are; nothing secret belongs into its
 * arguments.
 *
 * @param classPath class path entries, such as {@code folder/*}
 * @param environment all that it gets, beside PATH, HOME, LANG and TMPDIR of this process and the lifeline that ends it with us
 * @param heapMegabytes its largest heap
 * @param log where its output goes; of bounded size
 */
public record Program(
        String name,
        List<String> classPath,
        String mainClass,
        List<String> arguments,
        Map<String, String> environment,
        int heapMegabytes,
        Path log) {

    /** The heap of a small program. */
    public static final int SMALL_HEAP_MEGABYTES = 64;

    private static final Set<String> INHERITED = Set.of("PATH", "HOME", "LANG", "TMPDIR");

    private static final List<String> JVM_OPTIONS = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+ExitOnOutOfMemoryError",
            "-Xshare:auto",
            // As in the images (images/image), where the reasons are: thirty workloads have to fit on a laptop.
            "-XX:-UsePerfData",
            "-XX:CICompilerCount=1",
            "-XX:TrimNativeHeapInterval=10000",
            "-Drx2.purge-enabled=false",
            "-Dio.netty.allocator.maxOrder=3",
            "-Dio.netty.allocator.numDirectArenas=1",
            "-Dio.netty.allocator.numHeapArenas=1",
            "-Dio.grpc.netty.shaded.io.netty.allocator.maxOrder=3",
            "-Dio.grpc.netty.shaded.io.netty.allocator.numDirectArenas=1",
            "-Dio.grpc.netty.shaded.io.netty.allocator.numHeapArenas=1",
            // Netty, on JDK 25.
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED");

    /** Copies the collections. */
    public Program {
        classPath = List.copyOf(classPath);
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }

    /** A program of a folder of jars, with a small heap and without arguments. */
    public static Program ofFolder(
            String name, Path folder, String mainClass, Map<String, String> environment, Path log) {
        return new Program(
                name,
                List.of(folder.resolve("*").toString()),
                mainClass,
                List.of(),
                environment,
                SMALL_HEAP_MEGABYTES,
                log);
    }

    /** Not started yet; its input is a pipe and its error output goes where its output goes. */
    ProcessBuilder process() {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM_OPTIONS);
        command.add("-Xmx" + heapMegabytes + "m");
        command.add("-cp");
        command.add(String.join(File.pathSeparator, classPath));
        command.add(mainClass);
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
        return name + " (" + mainClass + ", " + environment.size() + " variables)";
    }
}
