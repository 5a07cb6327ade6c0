package io.akrimqtt.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** {@code akri-mqtt local} as a real process, and what it says as JSON Lines. */
final class LocalRun implements AutoCloseable {

    /** How long to wait for anything; nothing here is measured. */
    static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Path directory;
    private final Process process;
    private final List<Map<String, String>> events = new CopyOnWriteArrayList<>();
    private final List<String> errors = new CopyOnWriteArrayList<>();

    private LocalRun(Path directory, Process process) {
        this.directory = directory;
        this.process = process;
    }

    static LocalRun start(Path directory, String... arguments) throws IOException {
        return start(directory, Map.of(), arguments);
    }

    static LocalRun start(Path directory, Map<String, String> environment, String[] arguments) throws IOException {
        var all = new ArrayList<>(List.of("local", "--output", "json", "--dir", directory.toString()));
        all.addAll(List.of(arguments));
        var process = Cli.start(all, environment);
        var run = new LocalRun(directory, process);
        Thread.ofVirtual()
                .start(() ->
                        run.read(process.inputReader(StandardCharsets.UTF_8), line -> run.events.add(parse(line))));
        Thread.ofVirtual().start(() -> run.read(process.errorReader(StandardCharsets.UTF_8), run.errors::add));
        return run;
    }

    private void read(BufferedReader reader, java.util.function.Consumer<String> sink) {
        try (reader) {
            reader.lines().forEach(sink);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> parse(String line) {
        var fields = new TreeMap<String, String>();
        try (var parser = new JsonFactory().createParser(line)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() != JsonToken.FIELD_NAME
                        && parser.currentToken().isScalarValue()) {
                    fields.put(parser.currentName(), parser.getText());
                }
            }
            return fields;
        } catch (IOException e) {
            throw new UncheckedIOException("no JSON: " + line, e);
        }
    }

    static List<Map<String, String>> parseAll(String lines) {
        return lines.lines()
                .filter(line -> !line.isBlank())
                .map(LocalRun::parse)
                .toList();
    }

    Path directory() {
        return directory;
    }

    List<Map<String, String>> events() {
        return List.copyOf(events);
    }

    /** Events of a kind about a device, in order. */
    List<Map<String, String>> events(String event, String device) {
        return events.stream().filter(is(event, device)).toList();
    }

    private static Predicate<Map<String, String>> is(String event, String device) {
        return fields -> event.equals(fields.get("event")) && device.equals(fields.get("device"));
    }

    LocalRun awaitEvent(String event, String device) {
        return awaitEvents(event, device, 1);
    }

    LocalRun awaitEvents(String event, String device, int count) {
        await().alias(event + " of " + device).atMost(PATIENCE).untilAsserted(() -> {
            assertThat(process.isAlive()).as("alive; it said %s", errors).isTrue();
            assertThat(events(event, device))
                    .as("%s of %s; all: %s; errors: %s", event, device, events, errors)
                    .hasSizeGreaterThanOrEqualTo(count);
        });
        return this;
    }

    /** The process of a device's workload, from the files that the run keeps for other commands. */
    long workloadOf(String device) {
        return Cli.devices(directory).stream()
                .filter(fields -> device.equals(fields.get("device")))
                .map(fields -> fields.getOrDefault("pid", ""))
                .filter(pid -> !pid.isEmpty())
                .map(Long::parseLong)
                .findFirst()
                .orElse(-1L);
    }

    /** The discovery handler's process. */
    ProcessHandle handler() {
        return children("io.akrimqtt.handler.HandlerMain").findFirst().orElseThrow();
    }

    Stream<ProcessHandle> children(String mainClass) {
        return process.descendants()
                .filter(child -> child.info().commandLine().orElse("").contains(mainClass));
    }

    long pid() {
        return process.pid();
    }

    Process process() {
        return process;
    }

    @Override
    public void close() {
        var children = process.descendants().toList();
        process.destroy();
        if (!Cli.ended(process)) {
            process.destroyForcibly();
            throw new AssertionError("akri-mqtt local did not stop within a minute of SIGTERM; it said " + errors);
        }
        await().alias("no process left behind")
                .atMost(PATIENCE)
                .until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
    }
}
