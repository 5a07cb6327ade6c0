package io.akrimqtt.cli.local;

import io.akrimqtt.cli.agent.AgentEvent;
import io.akrimqtt.cli.agent.Instance;
import io.akrimqtt.cli.output.Event;
import io.akrimqtt.cli.output.EventType;
import io.akrimqtt.cli.output.Field;
import io.akrimqtt.cli.process.ProgramEvent;
import io.akrimqtt.cli.process.WorkloadEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What agent, workloads and programs tell, as events for people and programs. */
final class Translation {

    private Translation() {}

    /** Empty for what is the agent's own business. */
    static Optional<Event> of(Instant now, AgentEvent event) {
        return switch (event) {
            case AgentEvent.InstanceCreated(var instance) ->
                Optional.of(about(EventType.INSTANCE_CREATED, now, instance)
                        .with(Field.CONFIGURATION, instance.configuration()));
            case AgentEvent.InstanceDeleted(var instance, var reason) ->
                Optional.of(about(EventType.INSTANCE_DELETED, now, instance)
                        .with(Field.CONFIGURATION, instance.configuration())
                        .with(Field.TEXT, sentence(reason)));
            case AgentEvent.DiscoverFailed(var configuration, var _, var _, var description) ->
                Optional.of(problem(now, configuration, description));
            case AgentEvent.StreamEnded(var configuration, var _, var reason) ->
                Optional.of(problem(now, configuration, "the handler's list of devices ended: " + reason));
            case AgentEvent.NoHandler(var configuration, var handler) ->
                Optional.of(problem(now, configuration, "no handler '" + handler + "' is registered"));
            case AgentEvent.WriteRefused(var configuration, var reason) ->
                Optional.of(problem(now, configuration, "the API server refused a write of the agent: " + reason));
            case AgentEvent.BackOff _,
                    AgentEvent.DiscoverStarted _,
                    AgentEvent.HandlerLost _,
                    AgentEvent.HandlerRegistered _,
                    AgentEvent.InstanceUpdated _ -> Optional.empty();
        };
    }

    private static Event problem(Instant now, String configuration, String text) {
        return Event.of(EventType.CONFIGURATION_PROBLEM, now)
                .with(Field.CONFIGURATION, configuration)
                .with(Field.TEXT, text);
    }

    private static String sentence(AgentEvent.Deletion reason) {
        return switch (reason) {
            case NOT_LISTED -> "its device is no longer reported";
            case FRESH_REQUEST -> "the agent asked afresh, as Akri does after the handler was away";
            case CONFIGURATION_DELETED -> "its Configuration was deleted";
            case BY_SOMEBODY_ELSE -> "somebody deleted it";
        };
    }

    static Event of(Instant now, WorkloadEvent event) {
        return switch (event) {
            case WorkloadEvent.Starting(var instance, var pid) ->
                about(EventType.WORKLOAD_STARTING, now, instance).with(Field.PID, pid);
            case WorkloadEvent.Running(var instance, var pid) ->
                about(EventType.WORKLOAD_RUNNING, now, instance).with(Field.PID, pid);
            case WorkloadEvent.Unready(var instance, var pid) ->
                about(EventType.WORKLOAD_UNREADY, now, instance).with(Field.PID, pid);
            case WorkloadEvent.Exited(var instance, var code, var restartIn) ->
                about(EventType.WORKLOAD_WAITING, now, instance).with(Field.TEXT, ended(code, restartIn));
            case WorkloadEvent.Refused(var instance, var reason) ->
                about(EventType.WORKLOAD_REFUSED, now, instance).with(Field.TEXT, reason);
            case WorkloadEvent.Gone(var instance) -> about(EventType.WORKLOAD_GONE, now, instance);
        };
    }

    static Event of(Instant now, ProgramEvent event) {
        return switch (event) {
            case ProgramEvent.Started(var program, var pid) ->
                Event.of(EventType.PROGRAM_STARTED, now)
                        .with(Field.PROGRAM, program)
                        .with(Field.PID, pid);
            case ProgramEvent.Exited(var program, var pid, var code, var restartIn) ->
                Event.of(EventType.PROGRAM_ENDED, now)
                        .with(Field.PROGRAM, program)
                        .with(Field.PID, pid)
                        .with(Field.TEXT, ended(code, restartIn));
            case ProgramEvent.NotStarted(var program, var reason, var restartIn) ->
                Event.of(EventType.PROGRAM_ENDED, now)
                        .with(Field.PROGRAM, program)
                        .with(Field.TEXT, reason + "; " + again(restartIn));
        };
    }

    private static String ended(int code, Duration restartIn) {
        var how = code == 2
                ? "ended, since its settings are bad: its log lists them"
                : code > 128 ? "ended by signal " + (code - 128) : "ended with exit code " + code;
        return how + "; " + again(restartIn);
    }

    private static String again(Duration restartIn) {
        return "starts again in " + Math.max(1, Math.round(restartIn.toMillis() / 1000.0)) + " s";
    }

    private static Event about(EventType type, Instant now, Instance instance) {
        return Event.of(type, now)
                .with(Field.DEVICE, instance.brokerProperties().getOrDefault("MQTT_DEVICE_NAME", instance.deviceId()))
                .with(Field.DEVICE_ID, instance.deviceId())
                .with(Field.INSTANCE, instance.name());
    }
}
