package io.akrimqtt.samples.rights;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What one server lets in, the others do. */
class RightsFilesTest {

    /** Without what one of the languages cannot say: a user's own client id in mosquitto.acl. */
    private static List<Right> comparable(List<Right> rights) {
        return rights.stream()
                .map(each -> new Right(each.who(), each.action(), each.topic().replace("{client}", "+")))
                .sorted(Comparator.comparing(Right::toString))
                .toList();
    }

    /** EMQX has one rule for all users of an action; where both are allowed, that is one right. */
    private static List<Right> joined(List<Right> rights) {
        return rights.stream()
                .map(each -> rights.contains(new Right(each.who(), other(each.action()), each.topic()))
                        ? new Right(each.who(), "ALL", each.topic())
                        : each)
                .distinct()
                .toList();
    }

    private static String other(String action) {
        return switch (action) {
            case "SUBSCRIBE" -> "PUBLISH";
            case "PUBLISH" -> "SUBSCRIBE";
            default -> "none";
        };
    }

    @Test
    void the_three_files_say_the_same() {
        var mosquitto = comparable(Right.mosquitto());

        assertThat(mosquitto).hasSize(8);
        assertThat(comparable(joined(Right.emqx()))).isEqualTo(mosquitto);
        assertThat(comparable(Right.hiveMq())).isEqualTo(mosquitto);
    }
}
