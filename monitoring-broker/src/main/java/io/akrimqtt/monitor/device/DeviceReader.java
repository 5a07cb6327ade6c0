package io.akrimqtt.monitor.device;

import io.akrimqtt.messaging.client.ServerUrl;
import io.akrimqtt.messaging.rpc.CommandTopics;
import io.akrimqtt.messaging.rpc.WayOfAsking;
import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.messaging.topic.TopicName;
import io.akrimqtt.messaging.topic.TopicTemplate;
import io.akrimqtt.serving.CommaList;
import io.akrimqtt.serving.Environment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what the discovery handler tells about the device. Confined to the thread that starts the program. */
final class DeviceReader {

    /** The most MQTT servers, and the most telemetry filters. */
    private static final int MAX_SERVERS = 16;

    private static final int MAX_FILTERS = 100;

    /** The longest id, in characters: topics are made of it. */
    private static final int MAX_ID = 30_000;

    /** How much of a bad value is quoted. */
    private static final int QUOTED = 120;

    /** Stands in for an id that is missing or wrong, so that the rest can still be checked. */
    private static final TopicName NO_DEVICE = TopicName.of("device");

    private final Environment environment;
    private final Map<String, String> properties;
    private final Consumer<String> problems;

    /** @param problems gets what the environment's own checks do not tell, one sentence each */
    DeviceReader(Environment environment, Map<String, String> properties, Consumer<String> problems) {
        this.environment = environment;
        this.properties = properties;
        this.problems = problems;
    }

    DeviceDescription device() {
        var id = id();
        var way = way();
        return new DeviceDescription(
                id,
                environment.optional(AkriProperties.DEVICE_NAME).orElseGet(() -> lastLevel(id)),
                properties,
                filters(AkriProperties.TOPICS, "one topic filter of the device's telemetry"),
                commands(way),
                way,
                members(id, way));
    }

    private WayOfAsking way() {
        var word = environment.word(AkriProperties.COMMAND_WAY, WayOfAsking.TOPICS.word(), WayOfAsking.words());
        return WayOfAsking.of(word).orElse(WayOfAsking.TOPICS);
    }

    private TopicName id() {
        var text = environment.required(
                AkriProperties.DEVICE_ID, "the device's topic, which Akri gives a pod for its Instance");
        if (text.isEmpty()) {
            return NO_DEVICE;
        }
        var problem = text.length() > MAX_ID
                ? Optional.of("is longer than " + MAX_ID + " characters (expected: a shorter topic)")
                : TopicName.problem(text);
        problem.ifPresent(found -> add(AkriProperties.DEVICE_ID, quote(text), found));
        return problem.isPresent() ? NO_DEVICE : TopicName.of(text);
    }

    private static String lastLevel(TopicName id) {
        return id.value().substring(id.value().lastIndexOf('/') + 1);
    }

    List<ServerUrl> servers() {
        return list(
                AkriProperties.SERVER_URLS,
                "one MQTT server URL or several, with commas between them",
                MAX_SERVERS,
                ServerUrl::problem,
                ServerUrl::parse,
                _ -> "the URL");
    }

    private List<TopicFilter> filters(String key, String expected) {
        return list(
                key,
                expected + " or several, with commas between them",
                MAX_FILTERS,
                TopicFilter::problem,
                TopicFilter::of,
                DeviceReader::quote);
    }

    private <T> List<T> list(
            String key,
            String expected,
            int most,
            Function<String, Optional<String>> check,
            Function<String, T> parse,
            UnaryOperator<String> shown) {
        var items = CommaList.split(environment.required(key, expected));
        if (items.size() > most) {
            environment.problem(key, "has " + items.size() + " items", "at most " + most);
            return List.of();
        }
        var values = new ArrayList<T>();
        for (int i = 0; i < items.size(); i++) {
            var item = items.get(i);
            var name = items.size() == 1 ? key : key + "[" + (i + 1) + "]";
            var problem = check.apply(item);
            problem.ifPresent(found -> add(name, shown.apply(item), found));
            if (problem.isEmpty()) {
                values.add(parse.apply(item));
            }
        }
        return values.stream().distinct().toList();
    }

    /** Null where the device takes no commands, or where a template is wrong. */
    private @Nullable CommandTopics commands(WayOfAsking way) {
        var request = template(AkriProperties.COMMAND_TOPIC);
        var response = template(AkriProperties.RESPONSE_TOPIC);
        bothOrNone(AkriProperties.COMMAND_TOPIC, AkriProperties.RESPONSE_TOPIC);
        if (request == null) {
            return null;
        }
        var problem = CommandTopics.problem(request, response, way);
        problem.ifPresent(found ->
                problems.accept(AkriProperties.COMMAND_TOPIC + ", " + AkriProperties.RESPONSE_TOPIC + ": " + found));
        return problem.isPresent() ? null : new CommandTopics(request, response);
    }

    private void bothOrNone(String command, String response) {
        if (environment.optional(command).isEmpty()
                && environment.optional(response).isPresent()) {
            environment.problem(response, "is set without " + command, "both or none");
        }
    }

    /** Null where this is no group, or where a template is wrong. */
    private @Nullable MemberTopics members(TopicName group, WayOfAsking way) {
        var request = template(AkriProperties.MEMBER_COMMAND_TOPIC);
        var response = template(AkriProperties.MEMBER_RESPONSE_TOPIC);
        bothOrNone(AkriProperties.MEMBER_COMMAND_TOPIC, AkriProperties.MEMBER_RESPONSE_TOPIC);
        if (environment.optional(AkriProperties.MEMBERS).isEmpty()) {
            return null;
        }
        var filters = filters(AkriProperties.MEMBERS, "one filter of the topics of the group's devices");
        var any = NO_DEVICE;
        var problem = Stream.of(request, response)
                .filter(each -> each != null && !each.toString().matches("\\{device}(/.*)?"))
                .findFirst()
                .map(each -> "'" + each + "' does not begin with {device} (expected: a template that does)")
                .or(() -> request == null
                        ? Optional.empty()
                        : CommandTopics.problem(
                                request.fill(MemberTopics.DEVICE, any),
                                response == null ? null : response.fill(MemberTopics.DEVICE, any),
                                way));
        problem.ifPresent(found -> problems.accept(
                AkriProperties.MEMBER_COMMAND_TOPIC + ", " + AkriProperties.MEMBER_RESPONSE_TOPIC + ": " + found));
        return problem.isPresent() || filters.isEmpty() ? null : new MemberTopics(group, filters, request, response);
    }

    private @Nullable TopicTemplate template(String key) {
        var text = environment.optional(key).orElse(null);
        if (text == null) {
            return null;
        }
        var problem = TopicTemplate.problem(text);
        problem.ifPresent(found -> add(key, quote(text), found));
        return problem.isPresent() ? null : TopicTemplate.of(text);
    }

    /** @param value what is wrong as it may be shown: a URL may hold a password */
    private void add(String name, String value, String problem) {
        problems.accept(name + ": " + value + " " + problem);
    }

    private static String quote(String text) {
        return "'" + (text.length() <= QUOTED ? text : text.substring(0, QUOTED) + "…") + "'";
    }
}
