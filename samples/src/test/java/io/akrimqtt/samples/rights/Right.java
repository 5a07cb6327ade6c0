package io.akrimqtt.samples.rights;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * One line of a file of rights.
 *
 * @param who {@code handler}, {@code workloads} or {@code device}
 * @param action {@code SUBSCRIBE}, {@code PUBLISH} or {@code ALL}
 * @param topic with <code>{user}</code> and <code>{client}</code> for the client's own
 */
record Right(String who, String action, String topic) {

    private static final Path FOLDER = Path.of("mqtt-rights");

    /** {@code topic} lines belong to the {@code user} above, {@code pattern} lines to everybody. */
    private static final Pattern MOSQUITTO =
            Pattern.compile("user (?<user>\\w+)|(?<kind>topic|pattern) (?<action>read|write|readwrite) (?<topic>\\S+)");

    private static final Pattern EMQX = Pattern.compile(
            "\\{allow, (all|\\{username, \"(?<user>\\w+)\"}), (?<action>subscribe|publish|all), \\[(?<topics>(\"[^\"]+\"(, )?)+)]}\\.");

    private static String read(String file) {
        try {
            return Files.readString(FOLDER.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> lines(String file, String comment) {
        return read(file).lines().filter(line -> !line.isBlank() && !line.startsWith(comment));
    }

    /** Of {@code mosquitto.acl}; a pattern cannot be one user's alone, so that one user's topics have {@code +} for a client's own. */
    static List<Right> mosquitto() {
        var actions = Map.of("read", "SUBSCRIBE", "write", "PUBLISH", "readwrite", "ALL");
        var rights = new ArrayList<Right>();
        var user = "nobody";
        for (var line : lines("mosquitto.acl", "#").toList()) {
            var matcher = MOSQUITTO.matcher(line);
            if (!matcher.matches()) {
                throw new AssertionError(line);
            }
            if (matcher.group("user") != null) {
                user = matcher.group("user");
            } else {
                rights.add(new Right(
                        matcher.group("kind").equals("pattern") ? "device" : user,
                        String.valueOf(actions.get(matcher.group("action"))),
                        matcher.group("topic").replace("%u", "{user}").replace("%c", "{client}")));
            }
        }
        return rights;
    }

    /** Of {@code emqx-acl.conf}: Erlang terms. Whatever else they may be, these are of one form. */
    static List<Right> emqx() {
        var lines = lines("emqx-acl.conf", "%%").toList();
        if (!lines.getLast().equals("{deny, all}.")) {
            throw new AssertionError(lines.getLast());
        }
        return lines.subList(0, lines.size() - 1).stream()
                .flatMap(line -> {
                    var matcher = EMQX.matcher(line);
                    if (!matcher.matches()) {
                        throw new AssertionError(line);
                    }
                    var user = matcher.group("user");
                    return Stream.of(matcher.group("topics").split(", "))
                            .map(topic -> new Right(
                                    user == null ? "device" : user,
                                    matcher.group("action").toUpperCase(Locale.ROOT),
                                    topic.replace("\"", "")
                                            .replace("${username}", "{user}")
                                            .replace("${clientid}", "{client}")));
                })
                .toList();
    }

    /** Of {@code hivemq-file-rbac.xml}. */
    static List<Right> hiveMq() {
        try {
            var document = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(FOLDER.resolve("hivemq-file-rbac.xml").toFile());
            return elements(document.getElementsByTagName("role"))
                    .flatMap(role -> elements(role.getElementsByTagName("permission"))
                            .map(permission -> new Right(
                                    text(role, "id"),
                                    text(permission, "activity"),
                                    text(permission, "topic")
                                            .replace("${{username}}", "{user}")
                                            .replace("${{clientid}}", "{client}"))))
                    .toList();
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Stream<Element> elements(NodeList nodes) {
        return IntStream.range(0, nodes.getLength()).mapToObj(nodes::item).map(Element.class::cast);
    }

    private static String text(Element parent, String name) {
        return parent.getElementsByTagName(name).item(0).getTextContent();
    }

    /** The topic filter for a client. */
    String topicFor(String user, String client) {
        return topic.replace("{user}", user).replace("{client}", client);
    }
}
