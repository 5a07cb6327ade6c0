package io.akrimqtt.cli.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a Java is told what to run.
 *
 * @param arguments of the command {@code java}, to the main class
 */
public record Launch(List<String> arguments) {

    private static final String ANY_JAR = "*";

    private static final List<String> OPTIONS = List.of(
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

    /** Copies the list. */
    public Launch {
        arguments = List.copyOf(arguments);
    }

    /** A class of some class path, whose entries may be folders of jars such as {@code folder/*}. */
    public static Launch of(List<String> classPath, String mainClass) {
        var classes = List.of("-cp", String.join(File.pathSeparator, classPath), mainClass);
        return new Launch(Stream.concat(OPTIONS.stream(), classes.stream()).toList());
    }

    /** A class of a folder of jars. */
    public static Launch ofFolder(Path folder, String mainClass) {
        return of(List.of(folder.resolve(ANY_JAR).toString()), mainClass);
    }

    /**
     * What a training run has left of a program, as in its image: a file of arguments with all options, the archive, class path and
     * main class.
     *
     * @param options the file; it is written last of what is left
     * @param folder the program's jars
     * @return empty where there was no training run since the jars are what they are
     */
    public static Optional<Launch> trained(Path options, Path folder) {
        try (var jars = Files.list(folder)) {
            FileTime trained = Files.getLastModifiedTime(options);
            // The folder itself is as old as the last jar that was added or taken away.
            for (var path : Stream.concat(Stream.of(folder), jars).toList()) {
                if (Files.getLastModifiedTime(path).compareTo(trained) >= 0) {
                    return Optional.empty();
                }
            }
            return Optional.of(new Launch(List.of("@" + options)));
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
