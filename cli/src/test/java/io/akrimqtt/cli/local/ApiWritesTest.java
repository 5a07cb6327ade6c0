package io.akrimqtt.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.akrimqtt.cli.cluster.Resource;
import io.akrimqtt.cli.cluster.node.ApiCounts.Sort;
import io.akrimqtt.cli.cluster.node.ApiCounts.Verb;
import io.akrimqtt.cli.output.Event;
import io.akrimqtt.cli.output.Field;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ApiWritesTest {

    @Test
    void each_identity_has_one_event_with_its_sum_and_the_most_frequent_sort_first() {
        var agent = "system:serviceaccount:akri:akri-agent-sa";
        var writes = Map.of(
                new Sort(agent, Verb.DELETE, Resource.INSTANCE), 2L,
                new Sort(agent, Verb.PATCH, Resource.INSTANCE), 7L,
                new Sort("system:node:a", Verb.PATCH_STATUS, Resource.POD), 1L);

        var events = ApiWrites.events(writes, Instant.EPOCH);

        assertThat(events)
                .extracting((Event event) -> event.text(Field.USER), event -> event.text(Field.TEXT))
                .containsExactly(
                        tuple("system:node:a", "kubelet of a: patch status pods 1"),
                        tuple(agent, "akri-agent-sa: patch instances 7, delete instances 2"));
        assertThat(events.getLast().text(Field.COUNT)).isEqualTo("9");
    }
}
