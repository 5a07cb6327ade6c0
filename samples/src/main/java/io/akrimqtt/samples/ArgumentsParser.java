package io.akrimqtt.samples;

import io.akrimqtt.messaging.client.ServerUrl;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the simulator's command line and collects what is wrong with it. Used once. */
final class ArgumentsParser {

    private final List<String> words;
    private final List<String> problems;
    private final List<String> names = new ArrayList<>();
    private @Nullable ServerUrl server;
    private @Nullable Sample sample;
    private @Nullable Integer count;

    ArgumentsParser(List<String> words, List<String> problems) {
        this.words = List.copyOf(words);
        this.problems = new ArrayList<>(problems);
    }

    Arguments parse() {
        for (int i = 0; i < words.size(); i += 2) {
            option(words.get(i), i + 1 < words.size() ? words.get(i + 1) : "");
        }
        given("--server");
        given("--sample");
        if (count != null && !names.isEmpty()) {
            problems.add("--device and --devices are both given (expected: one of them)");
        }
        var machines = sample == null ? List.<Machine>of() : machines(sample);
        if (server == null || sample == null || !problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", problems));
        }
        return new Arguments(server, sample, machines);
    }

    private void given(String option) {
        if (!words.contains(option)) {
            problems.add(option + " is missing");
        }
    }

    private void option(String option, String value) {
        switch (option) {
            case "--server" -> server(value);
            case "--sample" -> {
                sample = Sample.named(value).orElse(null);
                require(sample != null, option, value, Sample.names());
            }
            case "--device" -> names.add(value);
            case "--devices" -> {
                count = number(value).orElse(null);
                require(count != null, option, value, "1 to " + Sample.MAX_DEVICES);
            }
            default -> problems.add("'" + option + "' is no option");
        }
    }

    private void server(String value) {
        var problem = ServerUrl.problem(value);
        problem.ifPresent(reason -> problems.add("--server: " + reason));
        if (problem.isEmpty()) {
            server = ServerUrl.parse(value);
        }
    }

    private static Optional<Integer> number(String text) {
        return text.matches("\\d{1,3}")
                ? Optional.of(Integer.parseInt(text)).filter(n -> n >= 1 && n <= Sample.MAX_DEVICES)
                : Optional.empty();
    }

    private List<Machine> machines(Sample of) {
        if (names.isEmpty()) {
            return of.devices(count == null ? Sample.DEFAULT_DEVICES : count);
        }
        var machines = new LinkedHashSet<Machine>();
        for (var name : names) {
            var machine = of.device(name);
            machine.ifPresent(machines::add);
            require(
                    machine.isPresent(),
                    "--device",
                    name,
                    "a device of " + of.folder() + " such as "
                            + of.devices(1).getFirst().name());
        }
        return List.copyOf(machines);
    }

    private void require(boolean holds, String option, String value, String expected) {
        if (!holds) {
            problems.add(option + ": '" + value + "' (expected: " + expected + ")");
        }
    }
}
