package io.akrimqtt.cli.inspect;

import io.akrimqtt.cli.access.Workload;
import io.akrimqtt.cli.inspect.InspectException.Kind;
import io.akrimqtt.cli.output.Event;
import io.akrimqtt.proto.monitoring.v1.CancelCommandRequest;
import io.akrimqtt.proto.monitoring.v1.CommandState;
import io.akrimqtt.proto.monitoring.v1.ListCommandsRequest;
import io.akrimqtt.proto.monitoring.v1.MonitoringGrpc;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** What a workload remembers of its commands. */
public final class CommandDesk {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Workload workload;

    public CommandDesk(Workload workload) {
        this.workload = workload;
    }

    /** All commands, the oldest first. */
    public List<CommandRow> list(boolean openOnly) throws InspectException {
        try (var connection = Calls.open(workload)) {
            return MonitoringGrpc.newBlockingStub(connection.channel())
                    .withDeadlineAfter(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .listCommands(ListCommandsRequest.newBuilder()
                            .setOpenOnly(openOnly)
                            .build())
                    .getCommandsList()
                    .stream()
                    .map(command -> new CommandRow(workload, command))
                    .toList();
        } catch (StatusRuntimeException e) {
            throw new InspectException(Kind.FAILED, Calls.sentence(workload, e));
        }
    }

    /** Takes a command back and tells how it stands after that. */
    public CommandState cancel(String id, InstantSource clock, Consumer<Event> events) throws InspectException {
        var name = list(false).stream()
                .filter(row -> row.command().getStatus().getCommandId().equals(id))
                .map(row -> row.command().getCommand())
                .findFirst()
                .orElse("");
        try (var connection = Calls.open(workload)) {
            var status = MonitoringGrpc.newBlockingStub(connection.channel())
                    .withDeadlineAfter(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .cancelCommand(
                            CancelCommandRequest.newBuilder().setCommandId(id).build());
            events.accept(Invocation.event(status, name, workload, clock));
            return status.getState();
        } catch (StatusRuntimeException e) {
            throw new InspectException(Kind.FAILED, Calls.sentence(workload, e));
        }
    }
}
