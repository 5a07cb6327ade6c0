package io.akrimqtt.dispatcher.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.topic.TopicName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoutesFileTest {

    private static List<Route> valid(String text) {
        var result = RoutesFile.read("routes.yaml", text);
        assertThat(result).isInstanceOf(RoutesFile.Result.Valid.class);
        return ((RoutesFile.Result.Valid) result).routes();
    }

    private static List<String> problems(String text) {
        var result = RoutesFile.read("routes.yaml", text);
        assertThat(result).isInstanceOf(RoutesFile.Result.Invalid.class);
        return ((RoutesFile.Result.Invalid) result)
                .problems().stream().map(RouteProblem::toString).toList();
    }

    @Test
    void the_sample_is_valid_and_says_what_it_says() throws IOException {
        var routes = valid(Files.readString(Path.of("routes.sample.yaml")));

        assertThat(routes).hasSize(3);
        var press = routes.getFirst();
        assertThat(press.concurrency()).isEqualTo(1);
        assertThat(press.waiting()).isEqualTo(20);
        assertThat(press.target()).isInstanceOfSatisfying(Route.Target.Http.class, http -> {
            assertThat(http.method()).isEqualTo("PUT");
            assertThat(http.timeout()).isEqualTo(Duration.ofSeconds(5));
            assertThat(http.largest()).isEqualTo(65_536);
            assertThat(http.headers()).containsEntry("X-Plant", "north");
        });
        assertThat(routes.get(1).response()).isEqualTo(TopicName.of("plant/press/answers"));
        assertThat(routes.get(1).target())
                .isInstanceOfSatisfying(
                        Route.Target.Http.class,
                        http -> assertThat(http.timeout()).isEqualTo(Duration.ofSeconds(10)));
        assertThat(routes.get(2).observer()).isTrue();
    }

    @Test
    void every_problem_is_told_at_once_with_its_place() {
        assertThat(problems("""
                        routes:
                          - filter: a/#/b
                            traget: {url: "http://x/"}
                          - filter: plant/+
                            target: {url: "ftp://x", timeout: 10, headers: {"bad name": secret}}
                            response: plant/press
                            concurrency: 0
                            observer: yes
                          - target: {url: "http://x/", topic: t}
                          - filter: a
                            target: {topic: a}
                          - text
                        other: 1
                        """))
                .containsExactly(
                        "routes.yaml:2:5: routes[0]: no target (expected: target: with url or topic)",
                        "routes.yaml:2:13: routes[0].filter: 'a/#/b' has '#' at index 2 (expected: '#' only as the whole last level)",
                        "routes.yaml:3:5: routes[0]: 'traget' is not known (expected: one of filter, where, target, response, concurrency, waiting, observer)",
                        "routes.yaml:5:19: routes[1].target.url: 'ftp://x' is no address (expected: such as http://host:port/path)",
                        "routes.yaml:5:39: routes[1].target.timeout: '10' is no duration (expected: such as 500ms, 10s or 2m)",
                        "routes.yaml:6:15: routes[1].response: 'plant/press' is matched by the route's own filter 'plant/+' (expected: another topic)",
                        "routes.yaml:7:18: routes[1].concurrency: '0' is out of range (expected: a whole number from 1 to 1000)",
                        "routes.yaml:8:15: routes[1].observer: 'yes' is not known (expected: true or false)",
                        "routes.yaml:9:5: routes[2]: no filter (expected: filter: a topic filter)",
                        "routes.yaml:9:13: routes[2].target: url and topic (expected: one of them)",
                        "routes.yaml:11:21: routes[3].target.topic: 'a' is matched by the route's own filter 'a' (expected: another topic)",
                        "routes.yaml:12:5: routes[4]: text (expected: a mapping with filter, where, target, response, concurrency, waiting, observer)",
                        "routes.yaml:12:5: routes[4]: no filter (expected: filter: a topic filter)",
                        "routes.yaml:12:5: routes[4]: no target (expected: target: with url or topic)",
                        "routes.yaml:13:1: 'other' is not known (expected: one of routes)");
    }

    @Test
    void a_bad_header_and_a_bad_method_are_told_without_the_headers_value() {
        assertThat(problems("""
                        routes:
                          - filter: a
                            target: {url: "http://x/", method: "A B", headers: {"bad name": secret}}
                        """)).hasSize(2).noneMatch(it -> it.contains("secret"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text",
                "[]",
                "routes:",
                "routes: []",
                "routes: {}",
                "routes: [",
                "\troutes: 1",
                "a: &x [*x]",
                "{a: 1}\n---\n{b: 2}",
                "routes: [[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]",
                "\u0001",
                "!!java.net.URL [x]"
            })
    void hostile_files_are_problems_with_a_place_never_exceptions(String text) {
        assertThat(problems(text))
                .isNotEmpty()
                .allMatch(it -> it.matches("(?s)routes.yaml:\\d+:\\d+: .* \\(expected: .*\\)"));
    }

    @Test
    void a_selector_takes_what_has_all_it_names() {
        var selector = valid("""
                        routes:
                          - filter: a
                            where: {contentType: application/json, properties: {cls: control}, json: {unit: celsius, n: 3}}
                            target: {topic: b}
                        """).getFirst().selector();
        var message = Message.to(TopicName.of("a"))
                .contentType("application/json; charset=utf-8")
                .userProperty("cls", "control")
                .text("{\"unit\":\"celsius\",\"n\":3,\"more\":[]}")
                .build();

        assertThat(selector.takes(message)).isTrue();
        assertThat(selector.takes(message.toBuilder().contentType("text/plain").build()))
                .isFalse();
        assertThat(selector.takes(message.toBuilder()
                        .text("{\"unit\":\"kelvin\",\"n\":3}")
                        .build()))
                .isFalse();
        for (var bad : List.of("", "[]", "{", "null", "{\"unit\":{},\"n\":3}")) {
            assertThat(selector.takes(message.toBuilder().text(bad).build())).isFalse();
        }
    }
}
