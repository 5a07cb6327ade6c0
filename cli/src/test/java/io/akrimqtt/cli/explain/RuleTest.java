package io.akrimqtt.cli.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.presence.state.Evidence;
import io.akrimqtt.presence.state.Presence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RuleTest {

    @ParameterizedTest
    @EnumSource
    void each_rule_stands_in_the_documentation_where_it_says(Rule rule) throws IOException {
        var page = Files.readString(Path.of("../docs/presence.md"));

        var section = page.substring(page.indexOf("\n## " + rule.heading() + "\n") + 1);
        int end = section.indexOf("\n## ");

        assertThat(page).contains("\n## " + rule.heading() + "\n");
        assertThat(section.substring(0, end)).contains(rule.title().isEmpty() ? "" : "**" + rule.title());
    }

    @ParameterizedTest
    @EnumSource
    void each_kind_of_evidence_that_the_core_knows_has_a_rule(Evidence.Kind kind) {
        var word = kind.name().toLowerCase(Locale.ROOT).replace('_', '-');

        for (var presence : Presence.values()) {
            assertThat(Rule.of(presence.name().toLowerCase(Locale.ROOT), word)).isNotEqualTo(Rule.EVIDENCE);
        }
    }

    /** The table of cases in the documentation names tests: each is there. */
    @Test
    void each_test_that_the_documentation_names_exists() throws IOException {
        var page = Files.readString(Path.of("../docs/presence.md"));
        var named = Pattern.compile("`([A-Z]\\w*Test)(?:\\.(\\w+))?`").matcher(page);
        var sources = new HashMap<String, String>();
        try (var files = Stream.concat(
                Files.walk(Path.of("../presence/src/test")),
                Stream.concat(
                        Files.walk(Path.of("../discovery-handler/src/test")),
                        Files.walk(Path.of("../messaging/src/test"))))) {
            for (var file :
                    files.filter(each -> each.toString().endsWith("Test.java")).toList()) {
                sources.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        int count = 0;
        while (named.find()) {
            var method = named.group(2) == null ? "" : "void " + named.group(2);
            assertThat(sources).containsKey(named.group(1) + ".java");
            assertThat(sources.get(named.group(1) + ".java")).as(named.group()).contains(method);
            count++;
        }
        assertThat(count).isGreaterThan(60);
    }

    @Test
    void evidence_of_a_newer_handler_leads_to_the_page() {
        assertThat(Rule.of("online", "sixth-sense").section()).isEqualTo("docs/presence.md, What counts as evidence");
    }

    @ParameterizedTest
    @CsvSource({
        "online, true, false, it is online",
        "unknown, true, false, 'it was listed before, and nothing proves that it is gone'",
        "offline, true, true, 'it came and went too often of late, and is kept listed until it is stable'",
        "offline, false, false, it is offline",
        "unknown, false, false, nothing proves that it is there now",
        "sleeping, false, false, the Configuration lists no devices that are sleeping",
    })
    void why_a_device_is_listed_or_not_is_said(String presence, boolean listed, boolean flapping, String reason) {
        assertThat(Rule.listing(presence, listed, flapping)).isEqualTo(reason);
    }
}
