package io.akrimqtt.handler.details;

import io.akrimqtt.messaging.client.ServerUrl;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.MappingNode;

/** The list {@code serverUrls} and the key {@code scope}. */
final class ServersSection {

    static final String URLS = "1 to 16 URLs of MQTT servers such as tcp://host:1883";

    private static final String ALIAS = "1 to 63 letters, digits, '_' and '-'";
    private static final String PREFIX =
            "1 to 63 letters, digits and '_', not beginning with a digit: plant_b stands for plant_b_username and its kin";
    private static final Pattern ALIAS_PATTERN = Pattern.compile("[A-Za-z0-9_-]{1,63}");
    private static final Pattern PREFIX_PATTERN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");

    private final Problems problems;
    private final List<WatchedServer> servers = new ArrayList<>();
    private final List<Located> places = new ArrayList<>();

    private ServersSection(Problems problems) {
        this.problems = problems;
    }

    /** Reads the list; a single value stands for a list of one. */
    static List<WatchedServer> read(Optional<Located> value, boolean perServer, Problems problems) {
        var section = new ServersSection(problems);
        value.map(list -> Fields.items(list, 1, 16, URLS, problems))
                .orElse(List.of())
                .forEach(section::item);
        if (perServer) {
            section.checkAliases();
        }
        return section.servers;
    }

    /** Reads {@code scope}: whether each server has devices of its own. */
    static boolean perServer(Optional<Located> value, Problems problems) {
        return value.flatMap(each -> Fields.word(each, List.of("merged", "perBroker"), problems))
                .filter("perBroker"::equals)
                .isPresent();
    }

    private void item(Located item) {
        if (item.node() instanceof MappingNode mapping) {
            mapping(item, Fields.of(mapping, item.path(), Keys.SERVER, problems));
        } else {
            url(item).ifPresent(url -> add(item, WatchedServer.of(url)));
        }
    }

    private void mapping(Located item, Fields fields) {
        var alias = fields.get("alias").flatMap(each -> matching(each, ALIAS_PATTERN, ALIAS));
        var credentials = fields.get("credentials").flatMap(each -> matching(each, PREFIX_PATTERN, PREFIX));
        var url = fields.get("url");
        if (url.isEmpty()) {
            problems.at(item.node(), item.path() + ".url", "missing", "a URL such as tcp://host:1883");
            return;
        }
        url(url.get())
                .ifPresent(each -> add(
                        url.get(),
                        new WatchedServer(each, alias.orElse(null), credentials.orElse(WatchedServer.CREDENTIALS))));
    }

    private Optional<String> matching(Located value, Pattern pattern, String expected) {
        var text = Fields.text(value, expected, problems);
        if (text.isPresent() && !pattern.matcher(text.get()).matches()) {
            problems.at(value.node(), value.path(), value.found(), expected);
            return Optional.empty();
        }
        return text;
    }

    private Optional<ServerUrl> url(Located item) {
        var text = Fields.text(item, "a URL such as tcp://host:1883", problems);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        var problem = ServerUrl.problem(text.get());
        if (problem.isPresent()) {
            problems.sentence(item.node(), item.path(), shown(text.get()), problem.get());
            return Optional.empty();
        }
        return Optional.of(ServerUrl.parse(text.get()));
    }

    private void add(Located item, WatchedServer server) {
        if (servers.stream().anyMatch(other -> other.url().equals(server.url()))) {
            problems.at(item.node(), item.path(), "'" + server.url() + "' a second time", "each once");
        } else {
            servers.add(server);
            places.add(item);
        }
    }

    private void checkAliases() {
        var seen = new HashSet<String>();
        for (int i = 0; i < servers.size(); i++) {
            var alias = servers.get(i).alias();
            var place = places.get(i);
            if (alias == null) {
                problems.at(
                        place.node(),
                        place.path(),
                        "no alias, but scope is perBroker",
                        "{url: " + servers.get(i).url() + ", alias: " + ALIAS + "}");
            } else if (!seen.add(alias)) {
                problems.at(place.node(), place.path(), "alias '" + alias + "' a second time", "another alias");
            }
        }
    }

    /** A bad URL as it may be shown: where it may hold a password, only what it is. */
    private static String shown(String text) {
        int query = text.indexOf('?');
        if (text.indexOf('@') >= 0) {
            return "the URL";
        }
        return "'" + (query < 0 ? text : text.substring(0, query) + "?…") + "'";
    }
}
