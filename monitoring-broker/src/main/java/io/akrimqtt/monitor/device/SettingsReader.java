package io.akrimqtt.monitor.device;

import io.akrimqtt.serving.Environment;
import io.akrimqtt.serving.Lifeline;
import io.akrimqtt.serving.ListenAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads {@link MonitorSettings} from environment variables. Confined to the thread that starts the program. */
final class SettingsReader {

    private static final Duration LONGEST_EXPIRY = Duration.ofHours(24);
    private static final Pattern WORKLOAD = Pattern.compile("[\\x21-\\x7e]{1,253}");

    private final Map<String, String> properties;
    private final Environment contradictions;
    private final Environment environment;

    SettingsReader(Map<String, String> variables) {
        contradictions = new Environment(Map.of());
        properties = AkriProperties.of(variables, contradictions);
        var resolved = new HashMap<>(variables);
        resolved.putAll(properties);
        environment = new Environment(resolved);
    }

    MonitorSettings.Result read() {
        var problems = new ArrayList<>(contradictions.problems());
        var devices = new DeviceReader(environment, properties, problems::add);
        var device = devices.device();
        var access = new AccessReader(environment);
        var grpc = environment.address("AKRI_MQTT_GRPC_LISTEN", "127.0.0.1:6052");
        var settings = new MonitorSettings(
                device,
                devices.servers(),
                access.credentials(),
                access.tls(),
                workload(),
                environment.duration("AKRI_MQTT_SESSION_EXPIRY", "10m", Duration.ZERO, LONGEST_EXPIRY),
                environment.checked(
                        "AKRI_MQTT_WORKLOAD_TOPIC",
                        "akri-mqtt/workloads/{device}",
                        WorkloadTopics::problem,
                        template -> WorkloadTopics.of(template, device.id())),
                commands(),
                grpc,
                new GuardReader(environment, problems::add).read(grpc),
                http(),
                environment.exportsTraces(),
                lifeline(),
                effective());
        problems.addAll(environment.problems());
        return problems.isEmpty()
                ? new MonitorSettings.Result.Valid(settings)
                : new MonitorSettings.Result.Invalid(List.copyOf(problems));
    }

    private CommandSettings commands() {
        var order =
                environment.word("AKRI_MQTT_COMMAND_ORDER", "burst", List.of("burst", "after-ack", "after-response"));
        var resend = environment.word("AKRI_MQTT_COMMAND_RESEND", "never", List.of("never", "same-id"));
        var retain = environment.word("AKRI_MQTT_RETAIN", "yes", List.of("yes", "no"));
        return new CommandSettings(order, resend.equals("same-id"), retain.equals("yes"));
    }

    private String workload() {
        var own = environment.optional("AKRI_MQTT_WORKLOAD");
        var name = own.or(() -> environment.optional("HOSTNAME"));
        if (name.isEmpty()) {
            environment.problem(
                    "AKRI_MQTT_WORKLOAD",
                    "is not set, nor is HOSTNAME",
                    "a name that this workload keeps and no other workload of the device has, such as the pod's");
        } else if (!WORKLOAD.matcher(name.get()).matches()) {
            environment.problem(
                    own.isPresent() ? "AKRI_MQTT_WORKLOAD" : "HOSTNAME",
                    "has spaces or characters beyond ASCII, or is too long",
                    "1 to 253 printable ASCII characters");
        }
        return name.orElse("");
    }

    private ListenAddress http() {
        var address = environment.address("AKRI_MQTT_HTTP_LISTEN", "127.0.0.1:8080");
        if (address instanceof ListenAddress.UnixSocket) {
            environment.problem("AKRI_MQTT_HTTP_LISTEN", "is a Unix socket", "host:port or off");
        }
        return address;
    }

    private String lifeline() {
        return environment.optional(Lifeline.VARIABLE).isEmpty()
                ? ""
                : environment.word(Lifeline.VARIABLE, "stdin", List.of("stdin"));
    }

    /** Reads what only the logging uses, too: it is checked and printed with the rest. */
    private Map<String, String> effective() {
        environment.word("AKRI_MQTT_LOG_FORMAT", "text", List.of("text", "json"));
        environment.logLevel();
        var effective = new TreeMap<>(environment.effective());
        effective.putAll(properties);
        return effective;
    }
}
