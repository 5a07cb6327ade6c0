package io.akrimqtt.cli.inspect;

import com.google.protobuf.ByteString;
import io.akrimqtt.cli.access.Workload;
import io.akrimqtt.cli.inspect.InspectException.Kind;
import io.akrimqtt.cli.output.Event;
import io.akrimqtt.cli.output.EventType;
import io.akrimqtt.cli.output.Field;
import io.akrimqtt.cli.output.Printable;
import io.akrimqtt.proto.monitoring.v1.CommandState;
import io.akrimqtt.proto.monitoring.v1.CommandStatus;
import io.akrimqtt.proto.monitoring.v1.InvokeCommandRequest;
import io.akrimqtt.proto.monitoring.v1.MonitoringGrpc;
import io.akrimqtt.proto.monitoring.v1.Origin;
import io.akrimqtt.proto.monitoring.v1.TrafficClass;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One command to a device.
 *
 * @param command its name, one topic level
 * @param member the device of a group that it is for: its topic, or what of it follows the group's; empty for no group
 * @param contentType empty for none
 * @param timeout how long to wait for the answer
 * @param oneWay whether no answer is waited for
 * @param traffic whose window of the workload it takes a place of
 * @param waiting what it does where the device is not there
 */
public record Invocation(
        String command,
        String member,
        ByteString payload,
        String contentType,
        Duration timeout,
        boolean oneWay,
        TrafficClass traffic,
        CommandWaiting waiting) {

    /** How much longer than the command the call may take: the workload tells of a timeout itself. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    /** Without a payload, at once or not at all. */
    public Invocation(String command, Duration timeout) {
        this(command, "", ByteString.EMPTY, "", timeout, false, TrafficClass.TRAFFIC_CLASS_NORMAL, CommandWaiting.NOT);
    }

    /**
     * Sends it and tells of each state as an event; waits for the last.
     *
     * @return the last state
     */
    public CommandState send(Workload workload, InstantSource clock, Consumer<Event> events) throws InspectException {
        try (var connection = Calls.open(workload)) {
            var states = MonitoringGrpc.newBlockingStub(connection.channel())
                    .withDeadlineAfter(
                            timeout.plus(waiting.longest()).plus(GRACE).toMillis(), TimeUnit.MILLISECONDS)
                    .invokeCommand(request());
            return follow(states, workload, clock, events);
        } catch (StatusRuntimeException e) {
            throw new InspectException(Kind.FAILED, Calls.sentence(workload, e));
        }
    }

    /**
     * Leaves it in the queue and tells of its state as an event.
     *
     * @return queued, or the last state where it was refused
     */
    public CommandState submit(Workload workload, InstantSource clock, Consumer<Event> events) throws InspectException {
        try (var connection = Calls.open(workload)) {
            var status = MonitoringGrpc.newBlockingStub(connection.channel())
                    .withDeadlineAfter(GRACE.toMillis(), TimeUnit.MILLISECONDS)
                    .submitCommand(request());
            events.accept(event(status, command, member, workload, clock));
            return status.getState();
        } catch (StatusRuntimeException e) {
            throw new InspectException(Kind.FAILED, Calls.sentence(workload, e));
        }
    }

    private CommandState follow(
            Iterator<CommandStatus> states, Workload workload, InstantSource clock, Consumer<Event> events) {
        var last = CommandState.COMMAND_STATE_UNSPECIFIED;
        while (states.hasNext()) {
            var status = states.next();
            last = status.getState();
            events.accept(event(status, command, member, workload, clock));
        }
        return last;
    }

    private InvokeCommandRequest request() {
        var request = InvokeCommandRequest.newBuilder()
                .setCommand(command)
                .setMember(member)
                .setPayload(payload)
                .setContentType(contentType)
                .setTimeout(com.google.protobuf.Duration.newBuilder()
                        .setSeconds(timeout.toSeconds())
                        .setNanos(timeout.toNanosPart()))
                .setOneWay(oneWay)
                .setTrafficClass(traffic);
        waiting.addTo(request);
        return request.build();
    }

    static Event event(CommandStatus status, String command, String member, Workload workload, InstantSource clock) {
        var type = status.getLast() ? EventType.COMMAND_FINISHED : EventType.COMMAND_PROGRESS;
        var event = Event.of(type, clock.instant())
                .with(Field.DEVICE, workload.deviceName())
                .with(Field.INSTANCE, workload.instance())
                .with(Field.MEMBER, member)
                .with(Field.COMMAND, command)
                .with(Field.COMMAND_ID, status.getCommandId())
                .with(Field.STATE, status.getState().name().replace("COMMAND_STATE_", ""))
                .with(Field.TEXT, status.getText());
        return status.getLast() ? finished(event, status) : event;
    }

    private static Event finished(Event event, CommandStatus status) {
        var payload = status.getPayload().toByteArray();
        var answered = payload.length == 0 ? event : Printable.payload(event, payload);
        var numbered = status.getStatus() == 0 ? answered : answered.with(Field.STATUS, status.getStatus());
        var typed = numbered.with(Field.CONTENT_TYPE, status.getContentType())
                .with(Field.ORIGIN, origin(status.getOrigin()));
        return status.getRetryable() ? typed.with(Field.RETRYABLE, true) : typed;
    }

    private static String origin(Origin origin) {
        return switch (origin) {
            case ORIGIN_CALLER -> "caller";
            case ORIGIN_QUEUE -> "queue";
            case ORIGIN_SERVER -> "server";
            case ORIGIN_DEVICE -> "device";
            case ORIGIN_UNSPECIFIED, UNRECOGNIZED -> "";
        };
    }

    /** Names the command; the payload may be secret. */
    @Override
    public String toString() {
        return "Invocation[" + command + "]";
    }
}
