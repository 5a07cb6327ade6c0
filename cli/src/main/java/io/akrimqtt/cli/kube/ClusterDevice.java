package io.akrimqtt.cli.kube;

import io.akrimqtt.cli.inspect.DeviceView;
import io.akrimqtt.cli.output.Event;
import io.akrimqtt.cli.output.Field;
import io.akrimqtt.cli.output.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A device in a cluster.
 *
 * @param device what its handler and its Instance tell
 * @param namespace of its Instance; empty without one
 * @param nodes that report it; empty for none
 * @param pod of its workload; empty for none
 * @param workload how that is, in words; empty for none
 */
public record ClusterDevice(DeviceView device, String namespace, List<String> nodes, String pod, String workload) {

    public ClusterDevice {
        nodes = List.copyOf(nodes);
    }

    /** A table of devices; with their namespaces where they are looked for in all. */
    public static Table table(List<ClusterDevice> devices, boolean namespaces) {
        var base = DeviceView.table(devices.stream().map(ClusterDevice::device).toList());
        int workload = base.headings().indexOf("WORKLOAD");
        var rows = new ArrayList<List<String>>();
        for (int i = 0; i < devices.size(); i++) {
            var device = devices.get(i);
            rows.add(row(
                    base.rows().get(i),
                    workload,
                    List.of(dash(String.join(",", device.nodes)), dash(device.pod), dash(device.workload)),
                    namespaces ? List.of(dash(device.namespace)) : List.of()));
        }
        return new Table(
                row(
                        base.headings(),
                        workload,
                        List.of("NODE", "POD", "WORKLOAD"),
                        namespaces ? List.of("NAMESPACE") : List.of()),
                rows);
    }

    private static List<String> row(List<String> cells, int place, List<String> instead, List<String> first) {
        var all = new ArrayList<>(first);
        all.addAll(cells.subList(0, place));
        all.addAll(instead);
        all.addAll(cells.subList(place + 1, cells.size()));
        return all;
    }

    private static String dash(String text) {
        return text.isEmpty() ? "-" : text;
    }

    /** As an event. */
    public Event event(Instant now) {
        return device.event(now)
                .with(Field.NAMESPACE, namespace)
                .with(Field.NODE, String.join(",", nodes))
                .with(Field.POD, pod);
    }
}
