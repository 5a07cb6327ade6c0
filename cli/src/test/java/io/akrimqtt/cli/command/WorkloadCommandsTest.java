package io.akrimqtt.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import io.akrimqtt.messaging.testing.TestCertificates;
import io.akrimqtt.proto.monitoring.v1.Command;
import io.akrimqtt.proto.monitoring.v1.CommandState;
import io.akrimqtt.proto.monitoring.v1.InvokeCommandRequest;
import io.akrimqtt.proto.monitoring.v1.ListCommandsRequest;
import io.akrimqtt.proto.monitoring.v1.Origin;
import io.akrimqtt.proto.monitoring.v1.Priority;
import io.akrimqtt.proto.monitoring.v1.Queueing;
import io.akrimqtt.proto.monitoring.v1.TrafficClass;
import io.akrimqtt.serving.ServerTls;
import io.akrimqtt.serving.ServerTls.ClientCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is asked of a workload, and what is made of its answers. */
class WorkloadCommandsTest {

    private final TestWorkload workload = new TestWorkload();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        workload.close();
    }

    private Console.Result run(String command, String... words) {
        return run(Map.of(), workload, command, words);
    }

    private static Console.Result run(Map<String, String> variables, TestWorkload at, String command, String... words) {
        var all = new ArrayList<>(List.of(command, "--address", at.address()));
        all.addAll(List.of(words));
        return Console.run(variables, all.toArray(String[]::new));
    }

    private InvokeCommandRequest asked() {
        return workload.asked.getLast();
    }

    @ParameterizedTest
    @CsvSource({"SUCCEEDED, 0", "FAILED, 5", "REJECTED, 5", "TIMED_OUT, 6", "EXPIRED, 6", "CANCELLED, 6", "PUBLISHED, 6"
    })
    void each_last_state_has_its_exit_code(String state, int exitCode) {
        workload.answer = TestWorkload.status(CommandState.valueOf("COMMAND_STATE_" + state))
                .build();

        var result = run("invoke", "press", "start");

        assertThat(result.exitCode()).as("%s", result).isEqualTo(exitCode);
        assertThat(result.out().lines())
                .containsExactly(
                        "12:00:00  command progress    press        start PUBLISHED",
                        "12:00:00  command finished    press        start " + state);
    }

    @Test
    void one_that_is_one_way_is_done_when_it_is_published() {
        workload.answer =
                TestWorkload.status(CommandState.COMMAND_STATE_PUBLISHED).build();

        assertThat(run("invoke", "press", "start", "--one-way").exitCode()).isZero();
        assertThat(asked().getOneWay()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "413 | caller | false | payload: has 300000 bytes (expected: at most 262144)",
                "429 | queue | true | 100 commands are under way"
            })
    void a_limit_is_told_with_its_number_its_origin_and_whether_trying_again_helps(
            int status, String origin, boolean retryable, String text) {
        workload.answer = TestWorkload.status(CommandState.COMMAND_STATE_REJECTED)
                .setStatus(status)
                .setOrigin(Origin.valueOf("ORIGIN_" + origin.toUpperCase(Locale.ROOT)))
                .setRetryable(retryable)
                .setText(text)
                .build();

        for (var command : List.of("invoke", "submit")) {
            var result = run(command, "press", "start");
            assertThat(result.exitCode()).isEqualTo(5);
            assertThat(result.out())
                    .endsWith(" start REJECTED " + status + " " + text + " (" + origin
                            + (retryable ? ", try again)\n" : ")\n"));
            assertThat(run(command, "press", "start", "-o", "json").out())
                    .contains("\"status\":" + status + ",\"origin\":\"" + origin + "\""
                            + (retryable ? ",\"retryable\":true" : ",\"text\""));
        }
    }

    @Test
    void a_device_of_a_group_is_named_in_the_request_and_in_all_that_is_told() {
        workload.remembered = List.of(Command.newBuilder()
                .setStatus(TestWorkload.status(CommandState.COMMAND_STATE_SUCCEEDED))
                .setCommand("start")
                .setMember("hall/press/left")
                .build());

        var invoked = run("invoke", "press", "start", "--member", "left", "-o", "json");

        assertThat(asked().getMember()).isEqualTo("left");
        assertThat(invoked.out().lines()).hasSize(2).allMatch(line -> line.contains("\"member\":\"left\""));
        assertThat(run("submit", "press", "start", "--member", "left").out()).contains(" left start ");
        assertThat(asked().getMember()).isEqualTo("left");
        assertThat(run("commands", "press").out()).contains("hall/press/left");
        assertThat(run("commands", "press", "-o", "json").out()).contains("\"member\":\"hall/press/left\"");
        assertThat(run("cancel", "press", "c0ffee", "-o", "json").out())
                .contains("\"member\":\"hall/press/left\"", "\"command\":\"start\"");
    }

    @Test
    void what_the_options_ask_for_is_in_the_request() {
        String[] words = {
            "press",
            "start",
            "--timeout",
            "90s",
            "--content-type",
            "text/csv",
            "--ttl",
            "2m",
            "--priority",
            "high",
            "--replace",
            "speed",
            "--idempotency-key",
            "k-1",
            "--repeatable"
        };

        for (var command : List.of("invoke", "submit")) {
            var all = command.equals("invoke") ? with(words, "--queue") : words;
            assertThat(run(command, all).exitCode()).isZero();
            assertThat(asked())
                    .isEqualTo(InvokeCommandRequest.newBuilder()
                            .setCommand("start")
                            .setTimeout(Duration.newBuilder().setSeconds(90))
                            .setContentType("text/csv")
                            .setQueueing(Queueing.newBuilder()
                                    .setTtl(Duration.newBuilder().setSeconds(120))
                                    .setPriority(Priority.PRIORITY_HIGH)
                                    .setReplaceKey("speed"))
                            .setIdempotencyKey("k-1")
                            .setRepeatable(true)
                            .setTrafficClass(TrafficClass.TRAFFIC_CLASS_NORMAL)
                            .build());
        }
        assertThat(run("invoke", "press", "start").exitCode()).isZero();
        assertThat(asked())
                .as("without options")
                .isEqualTo(InvokeCommandRequest.newBuilder()
                        .setCommand("start")
                        .setTimeout(Duration.newBuilder().setSeconds(10))
                        .setTrafficClass(TrafficClass.TRAFFIC_CLASS_NORMAL)
                        .build());
    }

    @Test
    void only_those_that_have_not_ended_are_asked_for_where_that_is_wanted() {
        run("commands", "press");
        run("commands", "press", "--open");

        assertThat(workload.listed).extracting(ListCommandsRequest::getOpenOnly).containsExactly(false, true);
    }

    @ParameterizedTest
    @CsvSource({"control, CONTROL", "normal, NORMAL", "bulk, BULK", "'', NORMAL"})
    void a_command_is_of_the_class_that_was_asked_for(String asked, String expected) {
        for (var command : List.of("invoke", "submit")) {
            var words = asked.isEmpty()
                    ? new String[] {"press", "start"}
                    : new String[] {"press", "start", "--class", asked};

            assertThat(run(command, words).exitCode()).isZero();
            assertThat(asked().getTrafficClass()).isEqualTo(TrafficClass.valueOf("TRAFFIC_CLASS_" + expected));
        }
    }

    @Test
    void a_class_that_is_none_is_refused_with_those_that_there_are() {
        var result = run("invoke", "press", "start", "--class", "urgent");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("--class", "urgent", "control, normal, bulk");
        assertThat(workload.asked).isEmpty();
    }

    @Test
    void a_payload_is_taken_as_it_is_or_from_a_file() throws IOException {
        run("invoke", "press", "start", "@" + Files.writeString(folder.resolve("file"), "secret"));
        assertThat(asked().getPayload().toStringUtf8()).isEqualTo("@" + folder.resolve("file"));
        run("invoke", "press", "start", "--", "-5");
        assertThat(asked().getPayload().toStringUtf8()).isEqualTo("-5");
        var binary = Files.write(folder.resolve("binary"), new byte[] {0, (byte) 0xff});
        run("invoke", "press", "start", "--payload-file", binary.toString());
        assertThat(asked().getPayload()).isEqualTo(ByteString.copyFrom(new byte[] {0, (byte) 0xff}));
        int before = workload.asked.size();

        var both = run("invoke", "press", "start", "1", "--payload-file", binary.toString());
        assertThat(both.exitCode()).isEqualTo(2);
        assertThat(both.err()).contains("PAYLOAD and --payload-file (expected: one of them)");
        var missing = run(
                "submit",
                "press",
                "start",
                "--payload-file",
                folder.resolve("none").toString());
        assertThat(missing.exitCode()).isEqualTo(2);
        assertThat(missing.err()).contains("none cannot be read (expected: a file)");
        var large = Files.write(folder.resolve("large"), new byte[4 * 1024 * 1024]);
        var tooLarge = run("invoke", "press", "start", "--payload-file", large.toString());
        assertThat(tooLarge.exitCode()).isEqualTo(2);
        assertThat(tooLarge.err()).contains("large is too large (expected: at most 256 KiB)");
        assertThat(workload.asked).hasSize(before);
    }

    @ParameterizedTest
    @CsvSource({"CANCELLED, 0", "SUCCEEDED, 5", "TIMED_OUT, 5"})
    void cancel_says_whether_it_was_taken_back(String state, int exitCode) {
        workload.answer = TestWorkload.status(CommandState.valueOf("COMMAND_STATE_" + state))
                .build();

        var result = run("cancel", "press", "c0ffee");

        assertThat(result.exitCode()).isEqualTo(exitCode);
        assertThat(result.out()).contains(state);
        assertThat(workload.cancelled).containsExactly("c0ffee");
    }

    @Test
    void who_may_command_and_not_read_is_taken_at_its_word_and_may_take_back() {
        workload.readable = false;
        assertThat(run("invoke", "whatever", "start").exitCode()).isZero();
        workload.answer =
                TestWorkload.status(CommandState.COMMAND_STATE_CANCELLED).build();

        assertThat(run("cancel", "whatever", "c0ffee").exitCode()).isZero();
        var list = run("commands", "whatever");
        assertThat(list.exitCode()).isEqualTo(1);
        assertThat(list.err()).contains(" does not allow it: the rules do not let this caller read");
    }

    @Test
    void a_token_comes_from_the_environment_and_goes_to_this_machine_or_through_tls_only() throws IOException {
        var file = Files.writeString(folder.resolve("token"), "from-a-file\n");

        run(Map.of("AKRI_MQTT_TOKEN", "secret-1"), workload, "invoke", "press", "start");
        assertThat(workload.authorizations).isNotEmpty().containsOnly("Bearer secret-1");
        workload.authorizations.clear();
        run(Map.of("AKRI_MQTT_TOKEN_FILE", file.toString()), workload, "invoke", "press", "start");
        assertThat(workload.authorizations).isNotEmpty().containsOnly("Bearer from-a-file");

        // An address of RFC 5737, that nobody has.
        var away = Console.run(
                Map.of("AKRI_MQTT_TOKEN", "secret-1"), "invoke", "--address", "192.0.2.1:6052", "press", "start");
        assertThat(away.exitCode()).isEqualTo(1);
        assertThat(away.err())
                .contains("the token is not sent to 192.0.2.1:6052 without TLS")
                .doesNotContain("secret-1");
    }

    @Test
    void with_tls_a_workload_is_trusted_by_its_authority_and_its_name_and_shown_a_certificate() throws IOException {
        var certificates = TestCertificates.create();
        var server = certificates.server();
        var client = certificates.client("ann");
        var authority = Files.writeString(folder.resolve("ca"), certificates.authority());
        var stranger = Files.writeString(
                folder.resolve("other"), TestCertificates.create().authority());
        var certificate = Files.writeString(folder.resolve("cert"), client.certificate());
        var key = Files.writeString(folder.resolve("key"), client.key());
        var tls =
                ServerTls.of(server.certificate(), server.key(), certificates.authority(), ClientCertificates.REQUIRED);
        String[] known = {"press", "start", "--cert", certificate.toString(), "--key", key.toString(), "--ca"};
        try (var secured = new TestWorkload(tls)) {
            assertThat(run(Map.of(), secured, "invoke", with(known, authority.toString(), "--server-name", "localhost"))
                            .exitCode())
                    .isZero();

            var untrusted =
                    run(Map.of(), secured, "invoke", with(known, stranger.toString(), "--server-name", "localhost"));
            assertThat(untrusted.exitCode()).isEqualTo(1);
            assertThat(untrusted.err()).contains(" does not answer: ");
            assertThat(run(Map.of(), secured, "invoke", with(known, authority.toString(), "--server-name", "elsewhere"))
                            .exitCode())
                    .isEqualTo(1);
            assertThat(run(Map.of(), secured, "invoke", "press", "start", "--ca", authority.toString())
                            .exitCode())
                    .as("without a certificate")
                    .isEqualTo(1);
            assertThat(run(Map.of(), secured, "invoke", "press", "start").exitCode())
                    .as("without TLS")
                    .isEqualTo(1);
            assertThat(secured.asked).hasSize(1);
        }
    }

    private static String[] with(String[] words, String... more) {
        var all = new ArrayList<>(List.of(words));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    @Test
    void a_device_is_in_one_place() {
        for (var cluster : List.of("--kubeconfig", "--context", "-n")) {
            assertThat(run("invoke", "press", "start", cluster, "x").err())
                    .contains("--address with --kubeconfig, --context, -n or -A (expected: a local run, an address or a"
                            + " cluster)");
        }
        assertThat(Console.run("invoke", "press", "start", "-A", "--dir", "/tmp")
                        .err())
                .contains("--dir with --kubeconfig");
        assertThat(Console.run("invoke", "press", "start", "--tls").err())
                .contains("(expected: together with --address or a cluster)");
        assertThat(workload.asked).isEmpty();
    }
}
