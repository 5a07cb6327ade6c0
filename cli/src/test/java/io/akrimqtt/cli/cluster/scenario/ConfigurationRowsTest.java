package io.akrimqtt.cli.cluster.scenario;

import static io.akrimqtt.cli.cluster.scenario.Lab.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.akrimqtt.cli.agent.AgentEvent;
import io.akrimqtt.cli.agent.AgentEvent.Cause;
import io.akrimqtt.cli.agent.UnresolvedPropertyException;
import io.akrimqtt.cli.cluster.Resource;
import io.akrimqtt.cli.cluster.node.Pods;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Rows R17 to R19 and R27 of AC 0.1, and the plugins' back-off of CK 6: what Configurations and restarts do. */
class ConfigurationRowsTest {

    private static ObjectNode withSecret(String name, boolean withKey) {
        var configuration = Lab.configuration(name);
        var property = configuration
                .withObjectProperty("spec")
                .withObjectProperty("discoveryHandler")
                .putArray("discoveryProperties")
                .addObject();
        property.put("name", "mqtt_password");
        var selector = property.putObject("valueFrom").putObject("secretKeyRef");
        selector.put("name", "credentials").put("namespace", "default").put("optional", true);
        if (withKey) {
            selector.put("key", "password");
        }
        return configuration;
    }

    @Test
    void R17_a_fresh_request_that_is_refused_touches_nothing() throws Exception {
        try (var lab = Lab.start(1, false)) {
            var handler = lab.handler("node-a", "lamp");
            lab.configuration();
            eventually(() -> assertThat(lab.running()).hasSize(1));
            lab.atRest();
            var pods = lab.running();

            handler.refuse();
            handler.endStreams();

            eventually(() -> assertThat(lab.told(AgentEvent.DiscoverFailed.class))
                    .hasSizeGreaterThan(1)
                    .allSatisfy(failed -> assertThat(failed.cause()).isEqualTo(Cause.INVALID_DETAILS)));
            assertThat(lab.running()).isEqualTo(pods);
        }
    }

    @Test
    void R18_a_secret_that_the_agent_may_not_read_means_no_discover_even_where_it_is_optional() throws Exception {
        var allowed = new AtomicBoolean();
        try (var lab = Lab.start(
                1,
                false,
                Lab.SCALE,
                options -> options.withData(reference -> {
                    if (!allowed.get()) {
                        throw new UnresolvedPropertyException("secrets \"credentials\" is forbidden");
                    }
                    return Optional.of("hidden".getBytes(StandardCharsets.UTF_8));
                }))) {
            var handler = lab.handler("node-a", "lamp");
            lab.cluster.applyConfiguration(withSecret("c", true));
            eventually(() -> assertThat(lab.told(AgentEvent.BackOff.class)).hasSizeGreaterThan(2));
            assertThat(handler.requests()).isEmpty();

            allowed.set(true);
            eventually(() -> assertThat(lab.running()).hasSize(1));
            assertThat(handler.requests()
                            .getFirst()
                            .getDiscoveryPropertiesOrThrow("mqtt_password")
                            .getVec()
                            .toStringUtf8())
                    .isEqualTo("hidden");
        }
    }

    @Test
    void R19_after_its_next_start_an_agent_reads_no_configuration_while_one_has_a_reference_without_a_key()
            throws Exception {
        try (var lab = Lab.start(1, true)) {
            var handler = lab.handler("node-a", "lamp");
            lab.configuration();
            eventually(() -> assertThat(lab.running()).hasSize(1));
            lab.cluster.applyConfiguration(withSecret("bad", false));
            handler.list("lamp", "door");
            eventually(() -> assertThat(lab.running()).hasSize(2));

            lab.cluster.killAgent("node-a");
            lab.cluster.startAgent("node-a");
            handler.register();
            int asked = handler.requests().size();
            lab.cluster.annotate(Resource.CONFIGURATION, "default", "c");
            lab.cluster.awaitQuiet(Duration.ofSeconds(1), Duration.ofSeconds(60));
            assertThat(handler.requests()).hasSize(asked);

            lab.cluster.deleteConfiguration("default", "bad");
            eventually(() -> assertThat(handler.requests()).hasSizeGreaterThan(asked));
        }
    }

    @Test
    void R27_a_second_configuration_of_the_same_name_gets_the_firsts_devices_and_restarts_its_pods() throws Exception {
        try (var lab = Lab.start(1, false)) {
            var handler = lab.handler("node-a", "lamp");
            lab.configuration();
            eventually(() -> assertThat(lab.running()).hasSize(1));
            var pods = lab.running();

            var second = Lab.configuration("c");
            second.withObjectProperty("metadata").put("namespace", "other");
            lab.cluster.applyConfiguration(second);
            eventually(() -> assertThat(
                            lab.cluster.store().list(Resource.INSTANCE, "other").items())
                    .hasSize(1));
            assertThat(handler.requests()).hasSize(1);

            lab.cluster.deleteConfiguration("other", "c");
            eventually(() -> assertThat(
                            lab.cluster.store().list(Resource.INSTANCE, "other").items())
                    .isEmpty());
            eventually(() -> assertThat(lab.running()).doesNotContainAnyElementsOf(pods));
            eventually(() -> assertThat(handler.requests()).hasSize(2));
            eventually(() -> assertThat(lab.cluster.tally().instancesDeleted()).isEqualTo(2));
            handler.resend();
            eventually(() -> assertThat(lab.running()).hasSize(1));
        }
    }

    @Test
    void a_plugin_backs_off_without_a_cap_after_an_agents_restart_and_an_annotation_serves_it_at_once()
            throws Exception {
        try (var lab = Lab.start(1, true)) {
            var handler = lab.handler("node-a", "lamp");
            lab.configuration();
            eventually(() -> assertThat(lab.running()).hasSize(1));
            lab.atRest();
            var name = Pods.name(lab.instance("lamp"));
            var resource = "akri.sh/" + name;
            eventually(() -> assertThat(lab.allocatable("node-a")).contains(resource));

            lab.cluster.killAgent("node-a");
            lab.cluster.startAgent("node-a");
            eventually(() -> assertThat(lab.allocatable("node-a")).doesNotContain(resource));
            // Nobody registers: after each look the next one is twice as far away, more than 80 s in the end.
            for (int look = 0; look < 12; look++) {
                lab.cluster.annotate(Resource.INSTANCE, "default", name);
                lab.seenBy("node-a");
            }
            // Whoever runs the new one has read the list.
            handler.list("lamp", "door");
            handler.register();
            lab.cluster.annotate(Resource.CONFIGURATION, "default", "c");
            eventually(() -> assertThat(lab.running()).hasSize(2));
            lab.deletePods();
            eventually(() -> assertThat(lab.running()).hasSize(1));
            lab.cluster.awaitQuiet(Duration.ofMillis(500), Duration.ofSeconds(60));
            eventually(() -> assertThat(lab.pods())
                    .filteredOn(pod -> Pods.label(pod, Pods.INSTANCE).equals(name))
                    .singleElement()
                    .satisfies(pod -> assertThat(Pods.phase(pod)).isEqualTo("Pending")));

            lab.cluster.annotate(Resource.INSTANCE, "default", name);

            eventually(() -> assertThat(lab.running()).hasSize(2));
        }
    }
}
