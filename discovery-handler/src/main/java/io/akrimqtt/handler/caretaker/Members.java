package io.akrimqtt.handler.caretaker;

import io.akrimqtt.handler.cluster.ConfigurationState;
import io.akrimqtt.handler.cluster.InstanceState;
import io.akrimqtt.handler.details.DiscoveryDetails;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts the devices of one group together with their Instances.
 *
 * @param instances of all Configurations: by UID of the Configuration, by the end of the name
 */
record Members(
        DiscoveryDetails details,
        List<ServedWatch> watches,
        List<ConfigurationState> configurations,
        Map<String, Map<String, InstanceState>> instances) {

    Group group() {
        var devices = new LinkedHashMap<String, Item>();
        // What watches say that serve nobody does not count beside those that do.
        boolean streaming = watches.stream().anyMatch(watch -> watch.streams() > 0);
        for (var watch : watches) {
            if (!streaming || watch.streams() > 0) {
                watch.devices().forEach(device -> devices.merge(device.id(), item(device, streaming), Members::both));
            }
        }
        var items = new ArrayList<Item>(devices.size());
        var taken = new HashSet<String>();
        for (var item : devices.values()) {
            var of = of(item);
            of.forEach(instance -> taken.add(instance.ref().uid()));
            items.add(new Item(
                    item.id(), item.hash(), item.renamed(), item.listed(), item.reported(), item.properties(), of));
        }
        return new Group(details, watches, configurations, items, strays(taken));
    }

    private static Item item(ServedDevice device, boolean streaming) {
        return new Item(
                device.id(),
                device.hash(),
                !device.reportedId().equals(device.id()),
                device.listed(),
                device.reported() && streaming,
                device.properties(),
                List.of());
    }

    private static Item both(Item one, Item other) {
        return new Item(
                one.id(),
                one.hash(),
                one.renamed(),
                one.listed() || other.listed(),
                one.reported() || other.reported(),
                one.properties(),
                List.of());
    }

    /** An Instance of the same name whose device is another one is a collision that somebody else has still to resolve. */
    private List<InstanceState> of(Item item) {
        var found = new ArrayList<InstanceState>(configurations.size());
        for (var configuration : configurations) {
            @Nullable
            InstanceState instance =
                    instances.getOrDefault(configuration.ref().uid(), Map.of()).get(item.hash());
            if (instance != null
                    && instance.properties()
                            .getOrDefault(InstanceState.DEVICE, item.id())
                            .equals(item.id())) {
                found.add(instance);
            }
        }
        return found;
    }

    private List<InstanceState> strays(Set<String> taken) {
        return configurations.stream()
                .flatMap(each -> instances.getOrDefault(each.ref().uid(), Map.of()).values().stream())
                .filter(instance ->
                        instance.marked() && !taken.contains(instance.ref().uid()))
                .toList();
    }
}
