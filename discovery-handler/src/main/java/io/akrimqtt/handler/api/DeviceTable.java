package io.akrimqtt.handler.api;

import io.akrimqtt.handler.report.WatchView;
import io.akrimqtt.handler.watch.TrackedDevice;
import io.akrimqtt.proto.discovery.v1.Device;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All devices of all watches at one moment, by watch and id. Immutable. */
final class DeviceTable {

    private final Map<Key, Row> rows;

    private DeviceTable(Map<Key, Row> rows) {
        this.rows = rows;
    }

    private record Key(String watch, String id) {}

    private record Row(WatchView view, TrackedDevice device) {
        boolean same(Row other) {
            return device.equals(other.device)
                    && view.report().ids().hashOf(device.id()).equals(other.hash());
        }

        String hash() {
            return view.report().ids().hashOf(device.id());
        }

        Device message() {
            return DeviceMessages.device(view, device);
        }
    }

    static DeviceTable empty() {
        return new DeviceTable(Map.of());
    }

    /** Those whose id or name equals the text; all for the empty text. */
    static DeviceTable of(List<WatchView> views, String text) {
        var rows = new LinkedHashMap<Key, Row>();
        for (var view : views) {
            for (var device : view.watch().current().devices()) {
                if (text.isEmpty() || device.id().equals(text) || device.name().equals(text)) {
                    rows.put(new Key(view.name(), device.id()), new Row(view, device));
                }
            }
        }
        return new DeviceTable(rows);
    }

    /** A message for each device, made when it is asked for. */
    Stream<Device> messages() {
        return rows.values().stream().map(Row::message);
    }

    /** Tells what is other in {@code next}. */
    void changes(DeviceTable next, Consumer<Device> changed, Consumer<Device> removed) {
        var gone = new ArrayList<>(rows.keySet());
        gone.removeIf(next.rows::containsKey);
        gone.forEach(key -> {
            @Nullable Row row = rows.get(key);
            if (row != null) {
                removed.accept(row.message());
            }
        });
        next.rows.forEach((key, row) -> {
            @Nullable Row before = rows.get(key);
            if (before == null || !before.same(row)) {
                changed.accept(row.message());
            }
        });
    }
}
