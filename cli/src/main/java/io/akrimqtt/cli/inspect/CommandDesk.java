package io.akrimqtt.cli.inspect;

import io.akrimqtt.cli.access.Workload;
import io.akrimqtt.cli.access.WorkloadConnection;
import io.akrimqtt.cli.inspect.InspectException.Kind;
import io.akrimqtt.cli.output.Event;
import io.akrimqtt.proto.monitoring.v1.CancelCommandRequest;
import io.akrimqtt.proto.monitoring.v1.Command;
import io.akrimqtt.proto.monitoring.v1.CommandState;
import io.akrimqtt.proto.monitoring.v1.ListCommandsRequest;
import io.akrimqtt.proto.monitoring.v1.MonitoringGrpc;
import io.akrimqtt.proto.monitoring.v1.MonitoringGrpc.MonitoringBlockingStub;
import io.grpc.Status;
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
            return commands(stub(connection), openOnly).stream()
                    .map(command -> new CommandRow(workload, command))
                    .toList();
        } catch (StatusRuntimeException e) {
            throw new InspectException(Kind.FAILED, Calls.sentence(workload, e));
        }
    }

    /** Takes a command back and tells how it stands after that. */
    public CommandState cancel(String id, InstantSource clock, Consumer<Event> events) throws InspectException {
        try (var connection = Calls.open(workload)) {
            var known = known(stub(connection), id);
            var status = stub(connection)
                    .cancelCommand(
                            CancelCommandRequest.newBuilder().setCommandId(id).build());
            events.accept(Invocation.event(status, known.getCommand(), known.getMember(), workload, clock));
            return status.getState();
        } catch (StatusRuntimeException e) {
            throw new InspectException(Kind.FAILED, Calls.sentence(workload, e));
        }
    }

    /** What is known of a command before it is taken back; nothing where the caller may command and not read. */
    private static Command known(MonitoringBlockingStub stub, String id) {
        try {
            return commands(stub, false).stream()
                    .filter(command -> command.getStatus().getCommandId().equals(id))
                    .findFirst()
                    .orElseGet(Command::getDefaultInstance);
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() == Status.Code.PERMISSION_DENIED) {
                return Command.getDefaultInstance();
            }
            throw e;
        }
    }

    private static List<Command> commands(MonitoringBlockingStub stub, boolean openOnly) {
        return stub.listCommands(
                        ListCommandsRequest.newBuilder().setOpenOnly(openOnly).build())
                .getCommandsList();
    }

    private static MonitoringBlockingStub stub(WorkloadConnection connection) {
        return MonitoringGrpc.newBlockingStub(connection.channel())
                .withDeadlineAfter(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }
}
