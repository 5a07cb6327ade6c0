package io.akrimqtt.cli.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where a run keeps its sockets, logs and what other commands may know, readable by its user alone. One process writes; any number
 * of others read, and take what is missing or half there for absent. Thread-safe.
 */
public final class RunDirectory {

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private final Path directory;

    private RunDirectory(Path directory) {
        this.directory = directory;
    }

    /** Makes it for a new run; what an earlier one left, its logs too, is removed. */
    public static RunDirectory create(Path directory) throws IOException {
        var run = new RunDirectory(directory.toAbsolutePath());
        Files.createDirectories(directory);
        Files.setPosixFilePermissions(directory, OWNER_ONLY);
        for (var inner : List.of(run.logs(), run.sockets(), run.instancesFolder())) {
            Files.createDirectories(inner);
            Files.setPosixFilePermissions(inner, OWNER_ONLY);
        }
        for (var stale : List.of(run.logs(), run.sockets(), run.instancesFolder())) {
            try (var files = Files.newDirectoryStream(stale)) {
                for (var file : files) {
                    Files.deleteIfExists(file);
                }
            }
        }
        Files.deleteIfExists(run.runFile());
        return run;
    }

    /** That of a run which may exist, for reading. */
    public static RunDirectory at(Path directory) {
        return new RunDirectory(directory.toAbsolutePath());
    }

    /** The directory itself. */
    public Path path() {
        return directory;
    }

    /** Where the logs of child processes are. */
    public Path logs() {
        return directory.resolve("logs");
    }

    /** Where the workloads' sockets are. */
    Path sockets() {
        return directory.resolve("w");
    }

    private Path instancesFolder() {
        return directory.resolve("instances");
    }

    private Path runFile() {
        return directory.resolve("run.json");
    }

    private Path instanceFile(String instance) {
        return instancesFolder().resolve(instance + ".json");
    }

    /** Says what other commands need to know about this run. */
    public void write(RunState run) throws IOException {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("pid", run.pid());
        fields.put("handler", run.handlerAddress());
        fields.put("mqttUrls", run.mqttUrls());
        fields.put("node", run.node());
        fields.put("handlers", run.handlers());
        StateFile.write(runFile(), fields);
    }

    /** Takes back what {@link #write(RunState)} said: the run is over. */
    public void end() throws IOException {
        Files.deleteIfExists(runFile());
    }

    /** The run that this directory tells of; whether its process still lives is another question. */
    public Optional<RunState> run() {
        return StateFile.read(runFile())
                .map(fields -> new RunState(
                        number(fields, "pid"),
                        text(fields, "handler"),
                        fields.getOrDefault("mqttUrls", List.of()),
                        text(fields, "node"),
                        fields.getOrDefault("handlers", List.of(text(fields, "handler")))));
    }

    void write(InstanceState state) throws IOException {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("instance", state.instance());
        fields.put("configuration", state.configuration());
        fields.put("deviceId", state.deviceId());
        fields.put("deviceName", state.deviceName());
        fields.put("grpc", state.grpcAddress());
        fields.put("log", state.log());
        fields.put("pid", state.pid());
        fields.put("state", state.state());
        StateFile.write(instanceFile(state.instance()), fields);
    }

    void remove(String instance) throws IOException {
        Files.deleteIfExists(instanceFile(instance));
    }

    /** All Instances that can be read, by name. */
    public List<InstanceState> instances() {
        try (Stream<Path> files = Files.list(instancesFolder())) {
            return files.filter(file -> file.getFileName().toString().endsWith(".json"))
                    .sorted()
                    .flatMap(file -> StateFile.read(file).stream())
                    .flatMap(fields -> instance(fields).stream())
                    .toList();
        } catch (IOException _) {
            return List.of();
        }
    }

    private static Optional<InstanceState> instance(Map<String, List<String>> fields) {
        var state = Stream.of(WorkloadState.values())
                .filter(value -> value.name().equals(text(fields, "state")))
                .findFirst();
        return state.map(value -> new InstanceState(
                text(fields, "instance"),
                text(fields, "configuration"),
                text(fields, "deviceId"),
                text(fields, "deviceName"),
                text(fields, "grpc"),
                text(fields, "log"),
                number(fields, "pid"),
                value));
    }

    private static String text(Map<String, List<String>> fields, String name) {
        return String.join(",", fields.getOrDefault(name, List.of()));
    }

    private static long number(Map<String, List<String>> fields, String name) {
        var text = text(fields, name);
        return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
    }
}
