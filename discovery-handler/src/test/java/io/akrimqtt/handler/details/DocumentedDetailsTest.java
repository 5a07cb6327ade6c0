package io.akrimqtt.handler.details;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.presence.state.PresenceRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/configuration.md is what the parser does. */
class DocumentedDetailsTest {

    private static final Pattern YAML = Pattern.compile("```yaml\\n(serverUrls:.*?)```", Pattern.DOTALL);

    private static String page() throws IOException {
        return Files.readString(Path.of("../docs/configuration.md"));
    }

    @Test
    void its_examples_are_valid() throws IOException {
        var examples =
                YAML.matcher(page()).results().map(match -> match.group(1)).toList();

        assertThat(examples).hasSizeGreaterThanOrEqualTo(2);
        assertThat(examples)
                .allSatisfy(yaml ->
                        assertThat(DetailsParser.parse("docs", yaml)).isInstanceOf(DetailsResult.Checked.class));
    }

    @Test
    void what_its_long_example_writes_as_defaults_are_the_defaults() throws IOException {
        var yaml = YAML.matcher(page())
                .results()
                .map(match -> match.group(1))
                .filter(each -> each.contains("presence:"))
                .findFirst()
                .orElseThrow();
        var details = ((DetailsResult.Checked) DetailsParser.parse("docs", yaml)).details();

        assertThat(details.rules())
                .isEqualTo(PresenceRules.DEFAULT.withSilenceTimeout(
                        details.rules().silence().timeout()));
        assertThat(details.watch()).isEqualTo(WatchRules.DEFAULT);
        assertThat(details.connection()).isEqualTo(ConnectionRules.DEFAULT);
        assertThat(details.perServer()).isFalse();
    }

    /** Each in a row of a table. */
    @Test
    void it_names_every_key() throws IOException {
        var page = page();
        var sections = Map.of(
                "presence.",
                Keys.PRESENCE,
                "commands.",
                Keys.COMMANDS,
                "connection.",
                Keys.CONNECTION,
                "tls.",
                Keys.TLS,
                "publish.",
                Keys.PUBLISH);

        sections.forEach((section, keys) -> assertThat(keys.known())
                .allSatisfy(key -> assertThat(page).contains("\n| `" + section + key + "` | ")));
        assertThat(Keys.ROOT.known()).allSatisfy(key -> assertThat(page).containsPattern("\n\\| `" + key + "[`.]"));
    }
}
