package io.akrimqtt.cli.process;

import io.akrimqtt.cli.agent.AgentEvent;
import io.akrimqtt.cli.agent.Instance;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/**
 * Runs one process for each Instance whose Configuration has a pod template, with the environment that its pod would get. Thread-safe.
 */
public final class Workloads implements AutoCloseable {

    private final WorkloadLoop loop;
    private final Thread thread;

    private Workloads(WorkloadLoop loop) {
        this.loop = loop;
        this.thread = Thread.ofVirtual().name("workloads").unstarted(loop);
    }

    /**
     * Begins without any.
     *
     * @param templates the pod template of a Configuration, asked when an Instance is made; none means no workload
     */
    public static Workloads start(
            WorkloadSettings settings,
            RunDirectory directory,
            Function<String, Optional<WorkloadTemplate>> templates,
            WorkloadListener listener,
            InstantSource clock) {
        var workloads = new Workloads(new WorkloadLoop(settings, directory, templates, listener, clock));
        workloads.thread.start();
        return workloads;
    }

    /** Takes what concerns workloads of an agent's events: Instances made and deleted. */
    public void on(AgentEvent event) {
        switch (event) {
            case AgentEvent.InstanceCreated(var instance) -> create(instance);
            case AgentEvent.InstanceDeleted(var instance, var _) -> delete(instance.name());
            // A running workload never learns of new properties, as with Akri.
            case AgentEvent.InstanceUpdated _,
                    AgentEvent.HandlerRegistered _,
                    AgentEvent.HandlerLost _,
                    AgentEvent.NoHandler _,
                    AgentEvent.DiscoverStarted _,
                    AgentEvent.DiscoverFailed _,
                    AgentEvent.StreamEnded _,
                    AgentEvent.WriteRefused _,
                    AgentEvent.BackOff _ -> {}
        }
    }

    /** Starts the workload of a new Instance, once an older one of its name is gone. */
    public void create(Instance instance) {
        loop.post(new WorkloadLoop.Message.Create(instance));
    }

    /** Ends an Instance's workload: SIGTERM, and SIGKILL 2 s later. */
    public void delete(String instance) {
        loop.post(new WorkloadLoop.Message.Delete(instance));
    }

    /** Ends all workloads at the same time and waits until they are gone. Idempotent. */
    @Override
    public void close() {
        loop.post(new WorkloadLoop.Message.Close());
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
