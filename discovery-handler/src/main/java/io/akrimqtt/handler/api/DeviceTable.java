package io.akrimqtt.handler.api;

import io.akrimqtt.handler.details.GroupLevel;
import io.akrimqtt.handler.report.WatchView;
import io.akrimqtt.handler.watch.DeviceGroup;
import io.akrimqtt.handler.watch.TrackedDevice;
import io.akrimqtt.proto.discovery.v1.Device;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All devices, and groups, of all watches at one moment, by watch and id. Immutable. */
final class DeviceTable {

    private final Map<Key, Row> rows;

    private DeviceTable(Map<Key, Row> rows) {
        this.rows = rows;
    }

    /** A group may be called as a device of another filter is. */
    private record Key(String watch, String id, boolean group) {}

    /** Something that is shown, with all that makes a difference. */
    private sealed interface Row {

        Device message();

        /** Whether it would be shown alike. */
        boolean same(Row other);

        record OfDevice(WatchView view, Optional<GroupLevel> level, TrackedDevice device) implements Row {
            @Override
            public Device message() {
                return DeviceMessages.device(view, device, level);
            }

            @Override
            public boolean same(Row other) {
                return other instanceof OfDevice that && device.equals(that.device) && hash().equals(that.hash());
            }

            private String hash() {
                return level.isPresent() ? "" : view.report().ids().hashOf(device.id());
            }
        }

        record OfGroup(WatchView view, DeviceGroup group) implements Row {
            @Override
            public Device message() {
                return DeviceMessages.group(view, group);
            }

            @Override
            public boolean same(Row other) {
                return other instanceof OfGroup that && group.equals(that.group) && hash().equals(that.hash());
            }

            private String hash() {
                return view.report().ids().hashOf(group.device().id());
            }
        }
    }

    static DeviceTable empty() {
        return new DeviceTable(Map.of());
    }

    /** Those whose id or name equals the text; all for the empty text. */
    static DeviceTable of(List<WatchView> views, String text) {
        var rows = new LinkedHashMap<Key, Row>();
        for (var view : views) {
            var level = view.details().grouping();
            for (var device : view.watch().current().devices()) {
                if (called(device, text)) {
                    rows.put(new Key(view.name(), device.id(), false), new Row.OfDevice(view, level, device));
                }
            }
            for (var group : view.groups()) {
                if (called(group.device(), text)) {
                    rows.put(new Key(view.name(), group.device().id(), true), new Row.OfGroup(view, group));
                }
            }
        }
        return new DeviceTable(rows);
    }

    private static boolean called(TrackedDevice device, String text) {
        return text.isEmpty() || device.id().equals(text) || device.name().equals(text);
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
