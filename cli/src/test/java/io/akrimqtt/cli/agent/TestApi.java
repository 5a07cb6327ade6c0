package io.akrimqtt.cli.agent;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** An API server of one node without finalizers: deletions are done at once, and an owner's end is its Instances' end. */
final class TestApi implements AgentApi {

    private final Map<String, InstanceView> instances = new TreeMap<>();
    private final Consumer<InstanceView> seen;
    private final BiConsumer<String, String> gone;

    TestApi(Consumer<InstanceView> seen, BiConsumer<String, String> gone) {
        this.seen = seen;
        this.gone = gone;
    }

    @Override
    public synchronized Change call(ApiCall call) {
        return switch (call) {
            case ApiCall.Delete(var view, var _) -> delete(view);
            case ApiCall.Apply(var configuration, var instance) -> put(view(configuration, instance));
            case ApiCall.ReleaseConfiguration(var key) -> {
                List.copyOf(instances.values()).stream()
                        .filter(view -> view.namespace().equals(key.namespace())
                                && view.configuration().equals(key.name()))
                        .forEach(this::delete);
                yield Change.CHANGED;
            }
            case ApiCall.Leave _,
                    ApiCall.HoldConfiguration _,
                    ApiCall.HoldInstance _,
                    ApiCall.ReleaseInstance _,
                    ApiCall.Claim _ -> Change.SAME;
        };
    }

    private Change delete(InstanceView view) {
        instances.remove(view.key());
        gone.accept(view.namespace(), view.name());
        return Change.CHANGED;
    }

    private Change put(InstanceView view) {
        var old = instances.put(view.key(), view);
        if (view.equals(old)) {
            return Change.SAME;
        }
        seen.accept(view);
        return old == null ? Change.CREATED : Change.CHANGED;
    }

    static InstanceView view(AgentConfiguration configuration, Instance instance) {
        return new InstanceView(
                configuration.namespace(),
                instance.name(),
                instance.name(),
                configuration.uid(),
                configuration.name(),
                instance.shared(),
                instance.capacity(),
                List.of(instance.node()),
                instance.brokerProperties(),
                Map.of(),
                false);
    }
}
