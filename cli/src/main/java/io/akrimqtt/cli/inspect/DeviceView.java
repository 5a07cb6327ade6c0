package io.akrimqtt.cli.inspect;

import io.akrimqtt.cli.output.Event;
import io.akrimqtt.cli.output.EventType;
import io.akrimqtt.cli.output.Field;
import io.akrimqtt.cli.output.Table;
import io.akrimqtt.cli.process.InstanceState;
import io.akrimqtt.proto.discovery.v1.Device;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A device, as its handler and its Instance tell.
 *
 * @param presence online, sleeping, offline or unknown; empty where the handler tells nothing of it
 * @param evidence the kind of what decided; empty likewise
 * @param topic of the message that decided; empty for none
 * @param text why, in words
 * @param instance its Instance, or null for none
 * @param group the group that Akri has in its place; empty for none
 * @param members who is in it, where it is a group; null for a device
 */
public record DeviceView(
        String id,
        String name,
        String presence,
        String evidence,
        String topic,
        String text,
        @Nullable InstanceState instance,
        String group,
        @Nullable Members members) {

    private static final List<String> HEADINGS =
            List.of("DEVICE", "PRESENCE", "EVIDENCE", "INSTANCE", "WORKLOAD", "WHY");

    /** A device for which Akri has no group. */
    public DeviceView(
            String id,
            String name,
            String presence,
            String evidence,
            String topic,
            String text,
            @Nullable InstanceState instance) {
        this(id, name, presence, evidence, topic, text, instance, "", null);
    }

    /**
     * Who is in a group.
     *
     * @param known how many known devices
     * @param listed how many of them are listed
     */
    public record Members(int known, int listed) {}

    /** What a handler knows of a device, with its Instance, or null for none. */
    public static DeviceView of(Device device, @Nullable InstanceState instance) {
        var evidence = device.getEvidence();
        return new DeviceView(
                device.getId(),
                device.getName(),
                Presences.word(device.getPresence()),
                evidence.getKind(),
                evidence.getTopic(),
                evidence.getText(),
                instance,
                device.getGroup(),
                device.hasMembers()
                        ? new Members(
                                device.getMembers().getKnown(),
                                device.getMembers().getListed())
                        : null);
    }

    /** A table of devices; it has a column for groups where there are any. */
    public static Table table(List<DeviceView> views) {
        boolean grouped = views.stream().anyMatch(view -> view.members != null || !view.group.isEmpty());
        return new Table(
                row(HEADINGS, "GROUP", grouped),
                views.stream()
                        .map(view -> row(view.row(), view.grouping(), grouped))
                        .toList());
    }

    private static List<String> row(List<String> cells, String grouping, boolean grouped) {
        var all = new ArrayList<>(cells);
        if (grouped) {
            all.add(1, grouping);
        }
        return all;
    }

    private String grouping() {
        if (members != null) {
            return members.listed() + " of " + members.known() + " devices";
        }
        return group.isEmpty() ? "-" : group;
    }

    List<String> row() {
        return List.of(
                name,
                presence.isEmpty() ? "-" : presence,
                evidence.isEmpty() ? "-" : evidence,
                instance == null ? "-" : instance.instance(),
                workload().isEmpty() ? "-" : workload(),
                text);
    }

    /** The state of its workload in lower case; empty without an Instance. */
    public String workload() {
        return instance == null ? "" : instance.state().name().toLowerCase(Locale.ROOT);
    }

    /** As an event. */
    public Event event(Instant now) {
        var event = Event.of(EventType.DEVICE_FOUND, now)
                .with(Field.DEVICE, name)
                .with(Field.DEVICE_ID, id)
                .with(Field.PRESENCE, presence)
                .with(Field.EVIDENCE, evidence)
                .with(Field.TOPIC, topic)
                .with(Field.TEXT, text)
                .with(Field.WORKLOAD, workload())
                .with(Field.GROUP, group);
        if (members != null) {
            event = event.with(Field.MEMBERS, members.known()).with(Field.MEMBERS_LISTED, members.listed());
        }
        if (instance == null) {
            return event;
        }
        var placed = event.with(Field.INSTANCE, instance.instance());
        return instance.pid() > 0 ? placed.with(Field.PID, instance.pid()) : placed;
    }

    /** What tells it from others of the same name. */
    String distinct() {
        return instance == null ? id : instance.instance();
    }

    boolean called(String text) {
        return id.equals(text)
                || name.equals(text)
                || (instance != null && instance.instance().equals(text));
    }
}
