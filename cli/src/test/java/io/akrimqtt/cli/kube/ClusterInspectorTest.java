package io.akrimqtt.cli.kube;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.akrimqtt.cli.access.CallerIdentity;
import io.akrimqtt.cli.access.UnreachableException;
import io.akrimqtt.cli.inspect.InspectException;
import io.akrimqtt.cli.inspect.InspectException.Kind;
import io.akrimqtt.proto.discovery.v1.Device;
import io.akrimqtt.proto.discovery.v1.DeviceEvent;
import io.akrimqtt.proto.discovery.v1.DevicesGrpc;
import io.akrimqtt.proto.discovery.v1.Evidence;
import io.akrimqtt.proto.discovery.v1.Presence;
import io.akrimqtt.proto.discovery.v1.WatchDevicesRequest;
import io.akrimqtt.serving.GrpcListener;
import io.akrimqtt.serving.ListenAddress;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Forwarded ports are those of this machine here; on a real cluster the module helm looks at them. */
class ClusterInspectorTest {

    private final List<String> trouble = new ArrayList<>();
    private final Map<String, ListenAddress> ports = new HashMap<>();
    private final List<String> open = new ArrayList<>();

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init") // Set before each test.
    private Cluster cluster;

    @SuppressWarnings("NullAway.Init") // Set before each test.
    private GrpcListener handler;

    @BeforeEach
    void start() throws IOException {
        cluster = new Cluster(folder);
        handler = requireNonNull(GrpcListener.start(ListenAddress.parse("127.0.0.1:0"), List.of(new Known())));
    }

    @AfterEach
    void stop() {
        handler.close();
        cluster.close();
    }

    /** A handler that knows two devices. */
    private static final class Known extends DevicesGrpc.DevicesImplBase {
        @Override
        public void watchDevices(WatchDevicesRequest request, StreamObserver<DeviceEvent> observer) {
            for (var name : List.of("press", "pump")) {
                observer.onNext(DeviceEvent.newBuilder()
                        .setDevice(Device.newBuilder()
                                .setId("hall/" + name)
                                .setName(name)
                                .setPresence(Presence.PRESENCE_ONLINE)
                                .setEvidence(
                                        Evidence.newBuilder().setKind("status").setText("it said so")))
                        .build());
            }
            observer.onNext(DeviceEvent.newBuilder().setSnapshotComplete(true).build());
        }
    }

    private ClusterInspector inspector(String namespace, boolean everywhere) throws InspectException {
        var choice = new ClusterChoice(cluster.kubeconfig(), null, namespace, everywhere);
        var client = new KubernetesClientBuilder()
                .withConfig(choice.config(Map.of()))
                .build();
        return new ClusterInspector(client, namespace, everywhere, this::forward);
    }

    private Forward forward(String namespace, String pod, int port) throws UnreachableException {
        var name = namespace + "/" + pod + ":" + port;
        var address = ports.get(name);
        if (address == null) {
            throw new UnreachableException("no port " + name);
        }
        open.add(name);
        return new Forward() {
            @Override
            public ListenAddress address() {
                return address;
            }

            @Override
            public String problem() {
                return "the line is down";
            }

            @Override
            public void close() {
                open.remove(name);
            }
        };
    }

    private List<String> rows(ClusterInspector inspector) throws InspectException {
        var table = ClusterDevice.table(inspector.devices(trouble::add), inspector.everywhere());
        return table.lines(200).stream()
                .map(line -> line.replaceAll(" {2,}", " | "))
                .toList();
    }

    @Test
    void devices_are_those_of_instances_and_of_handlers_with_pod_and_evidence() throws InspectException {
        cluster.instance("default", "mqtt-1a2b3c", "hall/press").workload("default", "mqtt-1a2b3c");
        cluster.instance("default", "mqtt-4d5e6f", "hall/saw").workloadWithoutImage("mqtt-4d5e6f");
        cluster.instance("other", "mqtt-778899", "yard/gate").stranger().handler("h-1", true);
        ports.put("akri/h-1:6051", handler.address());

        try (var inspector = inspector("default", false)) {
            assertThat(rows(inspector))
                    .containsExactly(
                            "DEVICE | PRESENCE | EVIDENCE | INSTANCE | NODE | POD | WORKLOAD | WHY",
                            "press | online | status | mqtt-1a2b3c | node-a | node-a-mqtt-1a2b3c-pod | running | it said so",
                            "pump | online | status | - | - | - | - | it said so",
                            "saw | - | - | mqtt-4d5e6f | node-a | node-a-mqtt-4d5e6f-pod | refused (ImagePullBackOff)");
        }
        assertThat(trouble).isEmpty();
        assertThat(open).as("ports that are still open").isEmpty();
    }

    @Test
    void all_namespaces_are_told_apart() throws InspectException {
        cluster.instance("default", "mqtt-1a2b3c", "hall/press").instance("other", "mqtt-778899", "yard/gate");

        try (var inspector = inspector("default", true)) {
            assertThat(rows(inspector))
                    .containsExactly(
                            "NAMESPACE | DEVICE | PRESENCE | EVIDENCE | INSTANCE | NODE | POD | WORKLOAD | WHY",
                            "default | press | - | - | mqtt-1a2b3c | node-a | - | none",
                            "other | gate | - | - | mqtt-778899 | node-a | - | none");
        }
    }

    @Test
    void without_a_handler_instances_are_told_all_the_same_and_why_no_more_is_known() throws InspectException {
        cluster.instance("default", "mqtt-1a2b3c", "hall/press").handler("h-1", false);

        try (var inspector = inspector("default", false)) {
            assertThat(rows(inspector)).hasSize(2);
        }
        assertThat(trouble)
                .singleElement()
                .asString()
                .startsWith("no discovery handler of akri-mqtt is ready")
                .contains("kubectl get pods -A -l app.kubernetes.io/component=discovery-handler");
    }

    @Test
    void another_handler_is_asked_where_one_does_not_answer() throws InspectException {
        cluster.handler("h-1", true).handler("h-2", true);
        ports.put("akri/h-1:6051", ListenAddress.parse("127.0.0.1:1"));
        ports.put("akri/h-2:6051", handler.address());

        try (var inspector = inspector("default", false)) {
            assertThat(rows(inspector)).hasSize(3);
        }
        assertThat(trouble).isEmpty();
    }

    @Test
    void all_handlers_that_are_ready_take_part_and_their_ports_go_with_the_call() throws InspectException {
        cluster.handler("h-1", true).handler("h-2", true).handler("h-3", false);
        ports.put("akri/h-1:6051", ListenAddress.parse("127.0.0.1:7001"));
        ports.put("akri/h-2:6051", ListenAddress.parse("127.0.0.1:7002"));

        try (var inspector = inspector("default", false)) {
            int ended = inspector.withHandlers(handlers -> {
                assertThat(handlers)
                        .extracting(ListenAddress::toString)
                        .containsExactlyInAnyOrder("127.0.0.1:7001", "127.0.0.1:7002");
                assertThat(open).hasSize(2);
                return 7;
            });

            assertThat(ended).isEqualTo(7);
        }
        assertThat(open).as("ports that are still open").isEmpty();
    }

    @Test
    void without_a_handler_that_is_ready_nothing_can_be_moved() throws InspectException {
        cluster.handler("h-1", false);

        try (var inspector = inspector("default", false)) {
            assertThatThrownBy(() -> inspector.withHandlers(_ -> 0))
                    .hasMessageStartingWith("no discovery handler of akri-mqtt is ready");
        }
    }

    @Test
    void why_a_port_is_not_forwarded_is_told() throws InspectException {
        cluster.handler("h-1", true);
        ports.put("akri/h-1:6051", ListenAddress.parse("127.0.0.1:1"));

        try (var inspector = inspector("default", false)) {
            rows(inspector);
        }
        assertThat(trouble).containsExactly("no discovery handler answers in pod akri/h-1: the line is down");
    }

    @Test
    void a_workload_is_found_by_name_id_and_instance_and_reached_at_the_port_that_its_pod_names() throws Exception {
        cluster.instance("default", "mqtt-1a2b3c", "hall/press")
                .workload(
                        "default",
                        "mqtt-1a2b3c",
                        "{'name': 'AKRI_MQTT_GRPC_LISTEN', 'value': '0.0.0.0:7000'}",
                        "'phase': 'Running', 'conditions': [{'type': 'Ready', 'status': 'True'}]");
        ports.put("default/node-a-mqtt-1a2b3c-pod:7000", handler.address());

        try (var inspector = inspector("default", false)) {
            for (var text : List.of("press", "hall/press", "mqtt-1a2b3c")) {
                var workload = inspector.workload(text, CallerIdentity.NOBODY);

                assertThat(workload.deviceName()).isEqualTo("press");
                try (var _ = workload.connect()) {
                    assertThat(open).hasSize(1);
                }
                assertThat(open).isEmpty();
                assertThat(workload.hint()).isEqualTo("the line is down");
            }
        }
    }

    @Test
    void what_is_missing_for_a_workload_is_told() throws InspectException {
        cluster.instance("default", "mqtt-1a2b3c", "hall/press")
                .instance("default", "mqtt-4d5e6f", "yard/press")
                .instance("default", "mqtt-778899", "hall/saw")
                .workloadWithoutImage("mqtt-4d5e6f");

        try (var inspector = inspector("default", false)) {
            assertThatThrownBy(() -> inspector.workload("drill", CallerIdentity.NOBODY))
                    .hasMessage(
                            "no Instance of a device 'drill' in namespace default (expected: one of press, press, saw)");
            assertThatThrownBy(() -> inspector.workload("press", CallerIdentity.NOBODY))
                    .hasMessage(
                            "more than one device 'press' (expected: the Instance, one of mqtt-1a2b3c, mqtt-4d5e6f)");
            assertThatThrownBy(() -> inspector.workload("hall/saw", CallerIdentity.NOBODY))
                    .hasMessageStartingWith("the Instance mqtt-778899 has no pod (expected: a brokerSpec");
            assertThatThrownBy(() -> inspector.workload("yard/press", CallerIdentity.NOBODY))
                    .hasMessageContaining("its pod node-a-mqtt-4d5e6f-pod is refused (ImagePullBackOff)");
        }
    }

    @Test
    void a_kubeconfig_that_is_not_there_or_has_no_such_context_is_told() {
        assertThatThrownBy(() -> new ClusterChoice(folder.resolve("none"), null, null, false).config(Map.of()))
                .hasMessageContaining("none cannot be read (expected: --kubeconfig, or KUBECONFIG");
        assertThatThrownBy(() -> new ClusterChoice(null, "moon", null, false)
                        .config(Map.of("KUBECONFIG", cluster.kubeconfig().toString())))
                .isInstanceOfSatisfying(
                        InspectException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NO_RUN))
                .hasMessageMatching("no context 'moon' in .*kubeconfig \\(expected: one of .+\\)");
    }
}
