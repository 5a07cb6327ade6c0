package io.akrimqtt.monitor.command.life;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.messaging.rpc.CommandEvent;
import io.akrimqtt.messaging.rpc.Origin;
import io.akrimqtt.messaging.rpc.Payload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandOutcomeTest {

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "200, SUCCEEDED, false",
        "204, SUCCEEDED, false",
        "299, SUCCEEDED, false",
        "400, REJECTED, false",
        "404, REJECTED, false",
        "408, TIMED_OUT, true",
        "409, REJECTED, false",
        "410, EXPIRED, false",
        "429, REJECTED, true",
        "499, CANCELLED, false",
        "500, FAILED, false",
        "503, FAILED, true",
        "504, TIMED_OUT, true",
        "599, FAILED, false",
        "300, FAILED, false"
    })
    void the_device_s_answer(int status, CommandState state, boolean retryable) {
        var outcome = CommandOutcome.of(new CommandEvent.Answered(status, Payload.text("x"), "words"), false);

        assertThat(outcome.state()).isEqualTo(state);
        assertThat(outcome.last()).isTrue();
        assertThat(outcome.status()).isEqualTo(status);
        assertThat(outcome.origin()).isEqualTo(state == CommandState.SUCCEEDED ? null : Origin.DEVICE);
        assertThat(outcome.retryable()).isEqualTo(retryable);
        assertThat(outcome.text()).isEqualTo("words");
        assertThat(outcome.payload().text()).isEqualTo("x");
    }

    @ParameterizedTest(name = "{0} of {1} is {2}")
    @CsvSource({
        "400, CALLER, REJECTED",
        "413, CALLER, REJECTED",
        "429, QUEUE, REJECTED",
        "499, CALLER, CANCELLED",
        "503, SERVER, FAILED",
        "504, DEVICE, TIMED_OUT"
    })
    void what_ends_without_an_answer(int status, Origin origin, CommandState state) {
        var outcome = CommandOutcome.of(new CommandEvent.Failed(status, origin, true, "why"), false);

        assertThat(outcome).isEqualTo(new CommandOutcome(state, true, status, origin, true, "why", Payload.EMPTY));
    }

    @Test
    void what_is_under_way_is_not_the_last() {
        assertThat(CommandOutcome.of(new CommandEvent.Published(false), false))
                .isEqualTo(new CommandOutcome(CommandState.PUBLISHED, false, 0, null, false, "", Payload.EMPTY));
        assertThat(CommandOutcome.of(new CommandEvent.Accepted("soon"), false))
                .isEqualTo(new CommandOutcome(CommandState.ACCEPTED, false, 0, null, false, "soon", Payload.EMPTY));
        var half = Payload.text("50%");
        assertThat(CommandOutcome.of(new CommandEvent.InProgress(half, "half"), false))
                .isEqualTo(new CommandOutcome(CommandState.IN_PROGRESS, false, 0, null, false, "half", half));
    }

    @Test
    void published_is_the_last_where_no_answer_is_wanted() {
        assertThat(CommandOutcome.of(new CommandEvent.Published(false), true).last())
                .isTrue();
        assertThat(CommandOutcome.of(new CommandEvent.Published(true), true).text())
                .isEqualTo("the MQTT server says that nobody listens");
    }

    @Test
    void an_answer_that_is_too_large_is_left_out_and_said() {
        var large = Payload.of(new byte[CommandOutcome.MAX_ANSWER + 1], null);

        var outcome = CommandOutcome.of(new CommandEvent.Answered(200, large, ""), false);

        assertThat(outcome.state()).isEqualTo(CommandState.SUCCEEDED);
        assertThat(outcome.payload()).isEqualTo(Payload.EMPTY);
        assertThat(outcome.text())
                .isEqualTo("the device's answer has 1048577 bytes (expected: at most 1048576) and is left out");
    }
}
