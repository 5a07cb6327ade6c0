package io.akrimqtt.monitor.api;

import io.akrimqtt.monitor.command.life.CommandPriority;
import io.akrimqtt.monitor.command.life.CommandView;
import io.akrimqtt.proto.monitoring.v1.Command;
import io.akrimqtt.proto.monitoring.v1.ListCommandsResponse;
import io.akrimqtt.proto.monitoring.v1.Priority;
import java.util.List;

/** Commands of a list on the wire. */
final class CommandViews {

    private CommandViews() {}

    static ListCommandsResponse of(List<CommandView> views, boolean openOnly) {
        var response = ListCommandsResponse.newBuilder();
        views.stream()
                .filter(view -> !(openOnly && view.latest().outcome().last()))
                .forEach(view -> response.addCommands(of(view)));
        return response.build();
    }

    private static Command of(CommandView view) {
        var order = view.order();
        var command = Command.newBuilder()
                .setStatus(CommandStatuses.of(view.latest()))
                .setCommand(order.command())
                .setSize(view.size())
                .setSubmitted(Timestamps.of(view.submitted()))
                .setUntil(Timestamps.of(view.until()))
                .setCaller(order.caller())
                .setMember(order.member());
        var sent = view.sent();
        if (sent != null) {
            command.setSent(Timestamps.of(sent));
        }
        var queueing = order.queueing();
        if (queueing != null) {
            command.setQueued(true).setPriority(priority(queueing.priority())).setReplaceKey(queueing.replaceKey());
        }
        var late = view.late();
        if (late != null) {
            command.setLate(CommandStatuses.of(late));
        }
        return command.build();
    }

    private static Priority priority(CommandPriority priority) {
        return switch (priority) {
            case HIGH -> Priority.PRIORITY_HIGH;
            case NORMAL -> Priority.PRIORITY_NORMAL;
            case LOW -> Priority.PRIORITY_LOW;
        };
    }
}
