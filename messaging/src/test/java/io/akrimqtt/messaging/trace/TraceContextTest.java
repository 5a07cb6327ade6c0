package io.akrimqtt.messaging.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.akrimqtt.messaging.message.UserProperty;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String SPAN = "b7ad6b7169203331";
    private static final String GOOD = "00-" + TRACE + "-" + SPAN + "-01";

    private static String state(String text) {
        return TraceContext.of(GOOD, text).orElseThrow().state();
    }

    private static UserProperty property(String name, String value) {
        return new UserProperty(name, value);
    }

    @Nested
    class A_traceparent {

        @Test
        void is_read_and_written_as_it_came() {
            var context = TraceContext.of(GOOD, "").orElseThrow();

            assertThat(context).isEqualTo(new TraceContext(TRACE, SPAN, 1, ""));
            assertThat(context.traceparent()).isEqualTo(GOOD);
            assertThat(context.recorded()).isTrue();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "00",
                    "ff-" + TRACE + "-" + SPAN + "-01",
                    "0-" + TRACE + "-" + SPAN + "-01",
                    "00-00000000000000000000000000000000-" + SPAN + "-01",
                    "00-" + TRACE + "-0000000000000000-01",
                    "00-0AF7651916CD43DD8448EB211C80319C-" + SPAN + "-01",
                    "00-" + TRACE + "-" + SPAN + "-1",
                    "00-" + TRACE + "-" + SPAN + "-01-",
                    "00-" + TRACE + "-" + SPAN + "-01-more",
                    "00-" + TRACE + "-" + SPAN + "-0g",
                    "00_" + TRACE + "_" + SPAN + "_01",
                    " " + GOOD,
                    GOOD + " ",
                    GOOD + "\n",
                    "01-" + TRACE + "-" + SPAN + "-01more",
                })
        void that_breaks_a_rule_is_dropped_with_all_that_belongs_to_it(String text) {
            assertThat(TraceContext.of(text, "a=1")).isEmpty();
        }

        @Test
        void of_a_version_to_come_is_read_as_far_as_it_is_known() {
            var later = "cc-" + TRACE + "-" + SPAN + "-ff-what-the-future-will-be-like";

            assertThat(TraceContext.of(later, "").map(TraceContext::traceparent))
                    .contains("00-" + TRACE + "-" + SPAN + "-03");
            assertThat(TraceContext.of(later + "x".repeat(200), "")).isEmpty();
        }

        @Test
        void that_comes_twice_is_none() {
            var twice = List.of(property("traceparent", GOOD), property("traceparent", GOOD));

            assertThat(TraceContext.of(twice)).isEmpty();
            assertThat(TraceContext.sound(twice)).isEmpty();
        }

        @Test
        void cannot_be_made_of_what_breaks_a_rule() {
            assertThatThrownBy(() -> new TraceContext("0".repeat(32), SPAN, 0, ""))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected: 32 and 16 hexadecimal digits");
        }
    }

    @Nested
    class A_tracestate {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "a=1",
                    "rojo=00f067aa0ba902b7,congo=t61rcWkgMzE",
                    "fw529a3039@dt=FfAAAADhd7-.:;<>?",
                    "0tenant@system=v",
                    "a=x y",
                    "_x-*/=bad",
                    "A=1",
                    "a=1,a=2",
                    "a=b=c",
                    "a",
                    "a=",
                    "=1",
                    "a=ü",
                    "a=1,b=\u0001",
                    "a@b@c=1",
                    "toolongsystemid@abcdefghijklmno=1",
                })
        void is_passed_on_whole_or_not_at_all(String text) {
            boolean sound = text.matches("a=1|rojo.*|fw.*|0tenant.*|a=x y");

            assertThat(state(text)).isEqualTo(sound ? text : "");
        }

        @Test
        void may_have_white_space_and_empty_members_around() {
            assertThat(state(" a=1 ,\t, b=2\t,")).isEqualTo("a=1,b=2");
        }

        @Test
        void has_32_members_at_most() {
            var most = IntStream.range(0, 32).mapToObj(i -> "k" + i + "=v").collect(Collectors.joining(","));

            assertThat(state(most)).isEqualTo(most);
            assertThat(state(most + ",k32=v")).isEmpty();
        }

        @Test
        void that_is_too_long_loses_long_members_and_then_the_oldest() {
            var members = "big=" + "x".repeat(200) + ","
                    + IntStream.range(0, 31)
                            .mapToObj(i -> "k" + i + "=" + "v".repeat(20))
                            .collect(Collectors.joining(","));

            var kept = state(members);

            assertThat(kept).startsWith("k0=").doesNotContain("big");
            assertThat(kept.length()).isBetween(460, 512);
        }

        @Test
        void whose_members_are_too_long_or_that_is_huge_is_none() {
            assertThat(state("k=" + "v".repeat(257))).isEmpty();
            assertThat(state("k=v," + " ".repeat(30_000))).isEmpty();
        }
    }

    @Test
    void properties_of_others_are_left_alone_and_bad_ones_of_a_trace_are_left_out() {
        var none = List.of(property("a", "1"));
        assertThat(TraceContext.sound(none)).isSameAs(none);

        var bad = List.of(property("traceparent", "nonsense"), property("a", "1"), property("tracestate", "k=v"));
        assertThat(TraceContext.sound(bad)).containsExactly(property("a", "1"));

        var good = List.of(
                property("tracestate", "k=v"),
                property("traceparent", GOOD),
                property("a", "1"),
                property("tracestate", " l=w"));
        assertThat(TraceContext.sound(good))
                .containsExactly(property("a", "1"), property("traceparent", GOOD), property("tracestate", "k=v,l=w"));
    }

    @Test
    void where_nobody_records_a_trace_passes_through_and_none_is_begun() {
        var context = TraceContext.of(GOOD, "k=v").orElseThrow();

        assertThat(Tracing.OFF.begin("x", context, java.util.Map.of()).context())
                .isSameAs(context);
        assertThat(Optional.ofNullable(
                        Tracing.OFF.begin("x", null, java.util.Map.of()).context()))
                .isEmpty();
    }
}
