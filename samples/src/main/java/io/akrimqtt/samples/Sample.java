package io.akrimqtt.samples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The samples: a Configuration each, and the devices that go with it. */
public enum Sample {
    /** Presses, ovens and robots in areas, with births, Last Wills and commands. */
    FACTORY,
    /** The example of Akri's MQTT proposal: topics alone, no commands, a Last Will only where a robot has one. */
    PROPOSAL;

    /** How many devices a sample has: 1 to 200. */
    public static final int MAX_DEVICES = 200;

    /** How many devices come unless told otherwise. */
    public static final int DEFAULT_DEVICES = 3;

    /** The sample of this name, as its folder is called: {@code factory} or {@code proposal}. */
    public static Optional<Sample> named(String name) {
        return Arrays.stream(values()).filter(s -> s.folder().equals(name)).findFirst();
    }

    /** The names of all samples, for messages. */
    static String names() {
        return Arrays.stream(values()).map(Sample::folder).collect(Collectors.joining("|"));
    }

    /** The sample's name, which is that of its folder. */
    public String folder() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Its Configuration, in the YAML that {@code kubectl apply} takes. */
    public String configuration() {
        try (var in = Sample.class.getResourceAsStream(folder() + "/configuration.yaml")) {
            if (in == null) {
                throw new IllegalStateException("samples: " + folder() + "/configuration.yaml is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Its first devices, always the same ones in the same order.
     *
     * @param count 1 to {@link #MAX_DEVICES}
     */
    public List<Machine> devices(int count) {
        if (count < 1 || count > MAX_DEVICES) {
            throw new IllegalArgumentException("devices: " + count + " (expected: 1 to " + MAX_DEVICES + ")");
        }
        var machines = new ArrayList<Machine>(count);
        for (int i = 0; i < count; i++) {
            machines.add(device(i));
        }
        return machines;
    }

    /** The device of this name, one of the first {@link #MAX_DEVICES}. */
    public Optional<Machine> device(String name) {
        return devices(MAX_DEVICES).stream().filter(m -> m.name().equals(name)).findFirst();
    }

    private Machine device(int index) {
        return switch (this) {
            case FACTORY -> {
                int number = index / 3 + 1;
                yield switch (index % 3) {
                    case 0 -> Machine.factory("forming", "press-" + number, Machine.Kind.PRESS);
                    case 1 -> Machine.factory("heat", "oven-" + number, Machine.Kind.OVEN);
                    default -> Machine.factory("assembly", "robot-" + number, Machine.Kind.ROBOT);
                };
            }
            case PROPOSAL ->
                switch (index) {
                    case 0 -> Machine.silent("akri-devices/Device23920", Machine.Kind.THERMOMETER);
                    case 1 -> Machine.announced("robots/robot-1", Machine.Kind.ARM);
                    case 2 -> Machine.silent("system/subsystem1/device2032", Machine.Kind.PUMP);
                    default -> Machine.announced("robots/robot-" + (index - 1), Machine.Kind.ARM);
                };
        };
    }
}
