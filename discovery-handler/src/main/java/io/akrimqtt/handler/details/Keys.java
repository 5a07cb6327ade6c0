package io.akrimqtt.handler.details;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * The keys that a mapping may have.
 *
 * @param known those that are read
 * @param planned those that are part of the format's plan and not read yet
 */
record Keys(List<String> known, Set<String> planned) {

    static final Keys ROOT = new Keys(
            List.of(
                    "serverUrls",
                    "topics",
                    "presence",
                    "commands",
                    "connection",
                    "tls",
                    "devices",
                    "maxDevices",
                    "scope",
                    "publish",
                    "group"),
            Set.of("conventions"));
    static final Keys SERVER = new Keys(List.of("url", "alias", "credentials"), Set.of());
    static final Keys TOPIC = new Keys(List.of("topic", "device"), Set.of("silenceTimeout"));
    static final Keys PRESENCE = new Keys(
            List.of(
                    "status",
                    "silenceTimeout",
                    "offlineGrace",
                    "settle",
                    "brokerGrace",
                    "probation",
                    "sleepTimeout",
                    "retained",
                    "flapDamping",
                    "audit",
                    "minPublishInterval"),
            Set.of());
    static final Keys DEVICES = new Keys(List.of("action", "items"), Set.of());
    static final Keys PUBLISH = new Keys(List.of("when", "properties"), Set.of());
    static final Keys TLS = new Keys(List.of("insecureSkipVerify", "serverName"), Set.of());
    static final Keys STATUS = new Keys(List.of("topic", "online", "offline", "sleeping", "field"), Set.of());
    static final Keys COMMANDS = new Keys(List.of("topic", "response", "way"), Set.of());
    static final Keys CONNECTION =
            new Keys(List.of("protocol", "qos", "keepAlive", "sessionExpiry", "clientIdPrefix"), Set.of());

    private static final Map<String, Keys> ALL = Map.of(
            "",
            ROOT,
            "presence.",
            PRESENCE,
            "commands.",
            COMMANDS,
            "connection.",
            CONNECTION,
            "tls.",
            TLS,
            "devices.",
            DEVICES,
            "publish.",
            PUBLISH);

    /** What people write when they put Akri's own document into the details. */
    private static final Set<String> OF_AKRI =
            Set.of("apiversion", "kind", "metadata", "spec", "discoveryhandler", "discoverydetails", "brokerspec");

    private static final Pattern SECRET = Pattern.compile(
            "passw|passphrase|secret|token|credential|^user|username|login|private_?key|^(mqtt_)?(ca|cert|key)$");

    String list() {
        return String.join(", ", known);
    }

    /** Says what is wrong with a key and what may be meant; never shows its value. */
    void refuse(ScalarNode key, String path, Problems problems) {
        var name = key.getValue();
        var lower = name.toLowerCase(Locale.ROOT);
        if (planned.contains(name)) {
            problems.at(key, path, "not supported yet", "one of " + list());
        } else if (SECRET.matcher(lower).find()) {
            problems.at(
                    key,
                    path,
                    "a key for credentials",
                    "none in the details; discoveryProperties mqtt_username, mqtt_password, mqtt_ca, mqtt_cert, mqtt_key"
                            + " from a Secret");
        } else if (name.equals("<<")) {
            problems.at(key, path, "a merge key", "the keys themselves: " + list());
        } else if (OF_AKRI.contains(lower)) {
            problems.at(
                    key,
                    path,
                    "a key of Akri's Configuration",
                    "only the text of spec.discoveryHandler.discoveryDetails, that is " + YamlDocument.ROOT);
        } else {
            var meant =
                    meant(lower).map(guess -> ", did you mean " + guess + "?").orElse("");
            problems.at(key, path, "unknown key" + meant, "one of " + list());
        }
    }

    /** The key that was probably meant: one of this mapping that looks like it, else the same one of another mapping. */
    private Optional<String> meant(String lower) {
        var near = known.stream()
                .filter(candidate -> distance(lower, candidate.toLowerCase(Locale.ROOT)) <= allowed(candidate))
                .min(Comparator.comparingInt(candidate -> distance(lower, candidate.toLowerCase(Locale.ROOT))));
        if (near.isEmpty() && lower.length() >= 4) {
            near = known.stream()
                    .filter(candidate -> candidate.toLowerCase(Locale.ROOT).contains(lower))
                    .findFirst();
        }
        return near.or(() -> ALL.entrySet().stream()
                .flatMap(entry -> entry.getValue().known().stream().map(key -> Map.entry(entry.getKey() + key, key)))
                .filter(candidate -> distance(lower, candidate.getValue().toLowerCase(Locale.ROOT)) <= 1)
                .map(Map.Entry::getKey)
                .min(Comparator.naturalOrder()));
    }

    private static int allowed(String candidate) {
        return Math.max(1, candidate.length() / 3);
    }

    /** How many letters to insert, delete or change (Levenshtein); long texts are far from everything. */
    static int distance(String from, String to) {
        if (from.length() > 64) {
            return Integer.MAX_VALUE;
        }
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int change = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }
}
