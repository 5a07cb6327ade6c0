package io.akrimqtt.cli.process;

import static io.akrimqtt.cli.process.Children.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.cli.agent.Instance;
import io.akrimqtt.serving.MonotonicClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkloadsTest {

    @TempDir
    Path temporary;

    private final List<WorkloadEvent> events = new CopyOnWriteArrayList<>();
    private RunDirectory directory;
    private Workloads workloads;

    @BeforeEach
    void start() throws IOException {
        directory = RunDirectory.create(temporary.resolve("run"));
        workloads = start(directory, 2);
    }

    private Workloads start(RunDirectory where, int atOnce) {
        return Workloads.start(
                new WorkloadSettings(Children.LAUNCH, atOnce, Children.QUICK),
                where,
                configuration -> configuration.equals("bare")
                        ? Optional.empty()
                        : Optional.of(
                                new WorkloadTemplate(Map.of("CHILD", configuration.replace('-', ' '), "K", "pod"))),
                (_, event) -> events.add(event),
                MonotonicClock.start(InstantSource.system()));
    }

    @AfterEach
    void stop() {
        workloads.close();
    }

    private static Instance instance(String configuration, String hash) {
        return new Instance(
                configuration + "-" + hash,
                configuration,
                "factory/lamp",
                hash,
                true,
                "node-a",
                1,
                Map.of("MQTT_DEVICE_NAME", "lamp"),
                Map.of("K", "device", "K_" + hash, "device", "MQTT_DEVICE_ID", "factory/lamp"));
    }

    private List<WorkloadEvent.Running> running() {
        return events.stream()
                .filter(WorkloadEvent.Running.class::isInstance)
                .map(WorkloadEvent.Running.class::cast)
                .toList();
    }

    /** What came first for each workload: one that a busy machine kept from answering may be ready again and again. */
    private List<String> firsts() {
        return events.stream()
                .filter(event -> event instanceof WorkloadEvent.Starting || event instanceof WorkloadEvent.Running)
                .map(event -> event.getClass().getSimpleName() + " "
                        + event.instance().name())
                .distinct()
                .toList();
    }

    private List<WorkloadState> states() {
        return directory.instances().stream().map(InstanceState::state).toList();
    }

    @Test
    void run_with_the_environment_that_a_pod_would_get() {
        var instance = instance("serve", "700c11");
        workloads.create(instance);
        eventually(() -> assertThat(running()).hasSize(1));

        var state = directory.instances().getFirst();
        eventually(() -> assertThat(states()).containsExactly(WorkloadState.RUNNING));
        assertThat(state.deviceName()).isEqualTo("lamp");
        assertThat(state.pid()).isEqualTo(running().getFirst().pid());
        eventually(() -> assertThat(Files.readString(Path.of(state.log())))
                .contains("K=pod", "K_700c11=device", "MQTT_DEVICE_ID=factory/lamp", "AKRI_MQTT_HTTP_LISTEN=off")
                .contains("AKRI_MQTT_GRPC_LISTEN=" + state.grpcAddress(), "AKRI_MQTT_WORKLOAD=serve-700c11"));
    }

    @Test
    void end_with_their_instance() {
        workloads.create(instance("serve", "1"));
        eventually(() -> assertThat(running()).hasSize(1));

        workloads.delete("serve-1");

        eventually(() -> assertThat(events).last().isInstanceOf(WorkloadEvent.Gone.class));
        assertThat(Children.alive(running().getFirst().pid())).isFalse();
        assertThat(directory.instances()).isEmpty();
    }

    @Test
    void run_again_after_they_were_killed() {
        workloads.create(instance("serve", "1"));
        eventually(() -> assertThat(running()).hasSize(1));

        ProcessHandle.of(running().getFirst().pid()).orElseThrow().destroyForcibly();

        eventually(() -> assertThat(running()).hasSize(2));
        assertThat(events)
                .extracting(event -> event.getClass().getSimpleName())
                .containsSubsequence("Running", "Exited", "Starting", "Running");
        assertThat(running().getLast().pid()).isNotEqualTo(running().getFirst().pid());
    }

    @Test
    void of_an_instance_that_is_made_anew_start_when_the_old_one_is_gone() {
        workloads.create(instance("serve", "1"));
        eventually(() -> assertThat(running()).hasSize(1));

        workloads.delete("serve-1");
        workloads.create(instance("serve", "1"));

        eventually(() -> assertThat(running()).hasSize(2));
        assertThat(events)
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly("Starting", "Running", "Gone", "Starting", "Running");
        assertThat(Children.alive(running().getFirst().pid())).isFalse();
    }

    @Test
    void are_none_without_a_pod_template() {
        workloads.create(instance("bare", "1"));

        eventually(() -> assertThat(states()).containsExactly(WorkloadState.NONE));
        workloads.delete("bare-1");
        eventually(() -> assertThat(states()).isEmpty());
        assertThat(events).isEmpty();
    }

    @Test
    void start_few_at_a_time_and_all_in_the_end() {
        try (var one = start(directory, 1)) {
            for (int i = 0; i < 3; i++) {
                one.create(instance("serve", "" + i));
            }
            eventually(() -> assertThat(firsts()).hasSize(6));
        }

        assertThat(firsts())
                .containsExactly(
                        "Starting serve-0",
                        "Running serve-0",
                        "Starting serve-1",
                        "Running serve-1",
                        "Starting serve-2",
                        "Running serve-2");
    }

    @Test
    void that_are_up_but_never_ready_do_not_keep_others_from_starting() {
        try (var one = start(directory, 1)) {
            one.create(instance("never-ready", "1"));
            one.create(instance("serve", "2"));

            eventually(() -> assertThat(running())
                    .extracting(event -> event.instance().name())
                    .containsExactly("serve-2"));
            assertThat(states()).contains(WorkloadState.STARTING);
        }
    }

    @Test
    void of_one_device_in_two_configurations_have_sockets_of_their_own() {
        workloads.create(instance("serve", "1"));
        workloads.create(instance("never-ready", "1"));

        eventually(() -> assertThat(directory.instances())
                .hasSize(2)
                .extracting(InstanceState::grpcAddress)
                .doesNotHaveDuplicates());
    }

    @Test
    void that_cannot_be_started_say_why() throws IOException {
        var deep = RunDirectory.create(temporary.resolve("d".repeat(100)));
        try (var refused = start(deep, 1)) {
            refused.create(instance("serve", "1"));

            eventually(() -> assertThat(events)
                    .singleElement()
                    .isInstanceOfSatisfying(
                            WorkloadEvent.Refused.class,
                            event -> assertThat(event.reason())
                                    .contains("(expected: <= 107; use a shorter directory)")));
        }
    }

    @Test
    void are_all_gone_when_closed() {
        workloads.create(instance("serve", "1"));
        workloads.create(instance("serve", "2"));
        workloads.create(instance("serve", "3"));
        eventually(() -> assertThat(running()).isNotEmpty());

        workloads.close();

        assertThat(events.stream().filter(WorkloadEvent.Gone.class::isInstance)).hasSize(3);
        assertThat(running()).noneMatch(event -> Children.alive(event.pid()));
        assertThat(directory.instances()).isEmpty();
    }
}
