package io.akrimqtt.samples;

import io.akrimqtt.messaging.client.ServerUrl;
import java.util.List;

/**
 * What the simulator is asked to do.
 *
 * @param server where the devices connect to
 * @param sample whose devices they are
 * @param machines the devices, at least one, none twice
 */
record Arguments(ServerUrl server, Sample sample, List<Machine> machines) {

    static final String USAGE = """
            Usage: SimulatorMain --server URL --sample %s [--device NAME]... | [--devices N]

              --server URL    the MQTT server, for example tcp://127.0.0.1:1883
              --sample NAME   whose devices to simulate
              --device NAME   a device by its name, for example press-1; may be repeated
              --devices N     the first N devices, 1 to %d (default: %d)

            MQTT_USERNAME and MQTT_PASSWORD, or the same with _FILE, are the credentials. Ctrl-C stops the devices cleanly.
            """.formatted(Sample.names(), Sample.MAX_DEVICES, Sample.DEFAULT_DEVICES);

    Arguments {
        machines = List.copyOf(machines);
    }

    /**
     * Reads the command line.
     *
     * @param problems what else is wrong already, to be told together
     * @throws IllegalArgumentException with everything that is wrong, one sentence per line
     */
    static Arguments parse(List<String> words, List<String> problems) {
        return new ArgumentsParser(words, problems).parse();
    }
}
