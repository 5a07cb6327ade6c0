package io.akrimqtt.cli.agent;

import io.akrimqtt.cli.agent.AgentEvent.Deletion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The writes that bring the Instances of a Configuration in line with what is discovered: deletions first, then each device as
 * often as it is listed. They are made in this order, and the first that is refused ends them.
 */
final class Settlement {

    private Settlement() {}

    static List<ApiCall> calls(
            AgentConfiguration configuration,
            String node,
            Collection<InstanceView> cache,
            List<Instance> listed,
            Deletion reason) {
        Set<String> names = listed.stream().map(Instance::name).collect(Collectors.toSet());
        var calls = new ArrayList<ApiCall>();
        calls.add(new ApiCall.HoldConfiguration(configuration.key()));
        for (var instance : cache) {
            if (instance.owner().equals(configuration.uid())
                    && instance.nodes().contains(node)
                    && !names.contains(instance.name())) {
                calls.add(
                        instance.nodes().size() == 1
                                ? new ApiCall.Delete(instance, reason)
                                : new ApiCall.Leave(instance, reason));
            }
        }
        listed.forEach(instance -> calls.add(new ApiCall.Apply(configuration, instance)));
        return calls;
    }
}
