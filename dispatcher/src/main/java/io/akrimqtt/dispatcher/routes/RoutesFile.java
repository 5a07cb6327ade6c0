package io.akrimqtt.dispatcher.routes;

import io.akrimqtt.dispatcher.routes.Route.Target;
import io.akrimqtt.messaging.http.HttpTarget;
import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.messaging.topic.TopicName;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** Reads routes from YAML. All problems are told at once, each with its place. */
public final class RoutesFile {

    /** The longest file, in characters. */
    public static final int LARGEST = 256 * 1024;

    /** How many routes there may be. */
    public static final int MOST = 1_000;

    private static final int DEEPEST = 16;
    private static final List<String> ROOT = List.of("routes");
    private static final List<String> ROUTE =
            List.of("filter", "where", "target", "response", "concurrency", "waiting", "observer");
    private static final List<String> WHERE = List.of("contentType", "properties", "json");
    private static final List<String> TARGET =
            List.of("url", "method", "timeout", "headers", "maxAnswerBytes", "topic");
    private static final String ROUTES = "a list of 1 to " + MOST + " routes";

    private final Problems problems;

    /** Whether HTTP can carry something is asked of the client that will. */
    private final HttpClient http;

    private RoutesFile(Problems problems, HttpClient http) {
        this.problems = problems;
        this.http = http;
    }

    /** What came of a file. */
    public sealed interface Result {
        record Valid(List<Route> routes) implements Result {}

        record Invalid(List<RouteProblem> problems) implements Result {}
    }

    /** @param file its name, for the problems */
    public static Result read(String file, String text) {
        var problems = new Problems(file);
        List<Route> routes;
        try (var http = HttpClient.newHttpClient()) {
            routes = new RoutesFile(problems, http).routes(text);
        }
        return problems.any() ? new Result.Invalid(problems.sorted()) : new Result.Valid(List.copyOf(routes));
    }

    private List<Route> routes(String text) {
        var routes = new ArrayList<Route>();
        @Nullable Node root = compose(text);
        if (root == null) {
            return routes;
        }
        var items = Fields.of(root, "", ROOT, problems).list("routes", ROUTES);
        if (items.size() > MOST) {
            problems.at(items.get(MOST).getStartMark(), "routes", "a list of " + items.size(), ROUTES);
            return routes;
        }
        for (int i = 0; i < items.size(); i++) {
            route(Fields.of(items.get(i), "routes[" + i + "]", ROUTE, problems)).ifPresent(routes::add);
        }
        return routes;
    }

    private @Nullable Node compose(String text) {
        var options = new LoaderOptions();
        options.setCodePointLimit(LARGEST);
        options.setNestingDepthLimit(DEEPEST);
        options.setMaxAliasesForCollections(1);
        try {
            @Nullable Node root = new Yaml(options).compose(new StringReader(text));
            if (root == null) {
                problems.at(null, "", "an empty file", "a mapping with routes");
            }
            return root;
        } catch (MarkedYAMLException e) {
            var mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
            problems.at(mark, "", "no YAML: " + e.getProblem(), "YAML 1.1");
        } catch (YAMLException e) {
            problems.at(null, "", "no YAML that can be read", "printable text of at most 262144 characters, 16 levels");
        }
        return null;
    }

    private Optional<Route> route(Fields fields) {
        var filter = fields.checked("filter", "a topic filter", TopicFilter::problem, TopicFilter::of);
        if (!fields.has("filter")) {
            fields.wrong("no filter", "filter: a topic filter");
        }
        var response = fields.checked("response", "a topic", RoutesFile::topicProblem, TopicName::of);
        filter.filter(it -> response.filter(it::matches).isPresent())
                .ifPresent(it -> fields.wrong(
                        "response",
                        String.valueOf(response.orElse(null)),
                        "is matched by the route's own filter '" + it + "' (expected: another topic)"));
        var selector = fields.mapping("where", WHERE).map(RoutesFile::selector).orElse(Selector.ALL);
        var target = fields.mapping("target", TARGET).flatMap(it -> target(it, filter));
        if (!fields.has("target")) {
            fields.wrong("no target", "target: with url or topic");
        }
        int concurrency = fields.number("concurrency", 1, 1_000, 16);
        int waiting = fields.number("waiting", 1, 100_000, 1_000);
        boolean observer = fields.truth("observer");
        return filter.flatMap(it ->
                target.map(to -> new Route(it, selector, to, response.orElse(null), concurrency, waiting, observer)));
    }

    private static Optional<String> topicProblem(String text) {
        return TopicName.problem(text)
                .or(() -> text.startsWith("$")
                        ? Optional.of("belongs to the server (expected: no '$' at the start)")
                        : Optional.empty());
    }

    private static Selector selector(Fields fields) {
        return new Selector(
                fields.text("contentType", "a MIME type")
                        .map(it -> it.toLowerCase(Locale.ROOT))
                        .orElse(null),
                fields.texts("properties"),
                fields.texts("json"));
    }

    private Optional<Target> target(Fields fields, Optional<TopicFilter> filter) {
        if (fields.has("url") == fields.has("topic")) {
            fields.wrong(fields.has("url") ? "url and topic" : "neither url nor topic", "one of them");
            return Optional.empty();
        }
        if (fields.has("topic")) {
            var topic = fields.checked("topic", "a topic", RoutesFile::topicProblem, TopicName::of);
            filter.filter(it -> topic.filter(it::matches).isPresent())
                    .ifPresent(it -> fields.wrong(
                            "topic",
                            String.valueOf(topic.orElse(null)),
                            "is matched by the route's own filter '" + it + "' (expected: another topic)"));
            return topic.map(Target.Topic::new);
        }
        var method = fields.text("method", "such as POST").orElse("POST");
        var timeout = fields.checked(
                        "timeout", "a duration such as 10s", RoutesFile::durationProblem, RoutesFile::duration)
                .orElse(Duration.ofSeconds(10));
        int largest = fields.number("maxAnswerBytes", 0, 16 * 1024 * 1024, 1024 * 1024);
        var headers = fields.texts("headers");
        return fields.text("url", "an address").flatMap(url -> http(fields, url, method, timeout, largest, headers));
    }

    private Optional<Target> http(
            Fields fields, String url, String method, Duration timeout, int largest, Map<String, String> headers) {
        try {
            var address = URI.create(url);
            var target = HttpTarget.of(http, address);
            try {
                target.withMethod(method);
            } catch (IllegalArgumentException e) {
                fields.wrong("method", method, "is no method (expected: such as POST)");
            }
            headers.forEach((name, value) -> header(fields, target, name, value));
            return Optional.of(new Target.Http(address, method, timeout, largest, headers));
        } catch (IllegalArgumentException e) {
            fields.wrong("url", url, "is no address (expected: such as http://host:port/path)");
            return Optional.empty();
        }
    }

    private static void header(Fields fields, HttpTarget target, String name, String value) {
        try {
            target.withHeader(name, value);
        } catch (IllegalArgumentException e) {
            fields.wrong(
                    "headers",
                    name,
                    "is no header that HTTP allows, or its value is none (expected: such as X-Plant: north)");
        }
    }

    private static Optional<String> durationProblem(String text) {
        return text.matches("[1-9][0-9]{0,5}(ms|s|m)")
                ? Optional.empty()
                : Optional.of("is no duration (expected: such as 500ms, 10s or 2m)");
    }

    private static Duration duration(String text) {
        return text.endsWith("ms")
                ? Duration.parse("PT" + seconds(text) + "S")
                : Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
    }

    private static String seconds(String millis) {
        return Duration.ofMillis(Long.parseLong(millis.substring(0, millis.length() - 2)))
                .toString()
                .replaceAll("PT|S", "");
    }
}
