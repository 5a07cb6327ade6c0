package io.akrimqtt.handler.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.handler.details.DiscoveryDetails;
import io.akrimqtt.messaging.client.ServerUrl;
import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.presence.convention.DeviceFilter;
import io.akrimqtt.presence.convention.StatusTopic;
import io.akrimqtt.presence.convention.TopicsConvention;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FilterReachTest {

    private static final List<String> DEVICES = List.of("robots/r7", "robots/r8", "cranes/c1");

    /** The devices that are not heard when these are refused. */
    private static Set<String> unheard(String status, String... refused) {
        var topics = Stream.of("robots/+/joints", "robots/+/arm/#", "cranes/+/#")
                .map(DeviceFilter::parse)
                .toList();
        var places = List.of(StatusTopic.of(status));
        var details =
                DiscoveryDetails.of(List.of(ServerUrl.parse("tcp://h")), topics).withStatus(places);
        var filters = TopicsConvention.of(topics, places, null).filters();
        var set = Stream.of(refused).map(TopicFilter::of).collect(Collectors.toSet());
        assertThat(filters).containsAll(set);
        return new FilterReach(details, filters, "").unheard(set, DEVICES);
    }

    @Test
    void a_device_is_unheard_when_all_filters_that_cover_it_are_refused() {
        assertThat(unheard("{device}/status", "robots/+/joints", "robots/+/arm/#", "robots/+/status"))
                .containsExactlyInAnyOrder("robots/r7", "robots/r8");
        assertThat(unheard("{device}/status", "cranes/+/#")).containsExactly("cranes/c1");
    }

    @Test
    void a_device_is_heard_while_one_of_them_is_granted() {
        assertThat(unheard("{device}/status", "robots/+/joints", "robots/+/arm/#"))
                .isEmpty();
        assertThat(unheard("{device}/status")).isEmpty();
    }

    @Test
    void a_status_elsewhere_may_be_anybodys() {
        assertThat(unheard("presence/{device}", "cranes/+/#")).isEmpty();
        assertThat(unheard("presence/{device}", "cranes/+/#", "presence/+")).containsExactly("cranes/c1");
    }
}
