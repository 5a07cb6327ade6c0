package io.akrimqtt.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TableTest {

    private static final Table TABLE = new Table(
            List.of("DEVICE", "WORKLOAD"), List.of(List.of("press-1", "running"), List.of("ofen-ü", "a\u001b[31m\nb")));

    @Test
    void columns_are_as_wide_as_their_widest_text() {
        assertThat(TABLE.lines(80))
                .containsExactly("DEVICE    WORKLOAD", "press-1   running", "ofen-ü    a\\u001b[31m\\nb");
    }

    @Test
    void lines_are_cut_where_the_terminal_is_narrow() {
        assertThat(TABLE.lines(12)).containsExactly("DEVICE    W…", "press-1   r…", "ofen-ü    a…");
        assertThat(TABLE.lines(1)).containsOnly("…");
        assertThat(TABLE.lines(0)).containsOnly("");
    }

    @Test
    void a_live_table_is_drawn_again_in_place_and_never_higher_than_the_terminal() {
        var bytes = new ByteArrayOutputStream();
        var screen =
                new LiveScreen(new PrintStream(bytes, true, StandardCharsets.UTF_8), new Terminal(true, false, 20, 5));

        screen.show(List.of("first"), new Table(List.of("A"), List.of(List.of("1"), List.of("2"), List.of("3"))));
        screen.show(List.of("second"), new Table(List.of("A"), List.of(List.of("1"))));

        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .isEqualTo("\u001b[?7l\r\u001b[Jfirst\n\nA\n1\n… and 2 more\n\u001b[?7h"
                        + "\u001b[?7l\u001b[4A\r\u001b[Jsecond\n\nA\n1\n\u001b[?7h");
    }

    @Test
    void lines_for_people_have_a_time_and_colours_only_where_they_are_wanted() {
        var event = Event.of(EventType.DEVICE_ONLINE, Instant.parse("2026-11-20T12:00:00Z"))
                .with(Field.DEVICE, "press-1")
                .with(Field.TEXT, "it published something");
        var utc = ZoneId.of("UTC");

        assertThat(new TextFormat(utc, Ansi.OFF).line(event))
                .isEqualTo("12:00:00  device online       press-1      it published something");
        assertThat(new TextFormat(utc, Ansi.ON).line(event)).contains("\u001b[32mdevice online");
    }

    @Test
    void files_and_dumb_terminals_get_neither_colours_nor_redrawing() {
        assertThat(Terminal.detect(false, Map.of("TERM", "xterm"))).isEqualTo(Terminal.NONE);
        assertThat(Terminal.detect(true, Map.of("TERM", "dumb"))).isEqualTo(Terminal.NONE);
        assertThat(Terminal.detect(true, Map.of("TERM", "xterm", "NO_COLOR", "1"))
                        .colours())
                .isFalse();
    }
}
