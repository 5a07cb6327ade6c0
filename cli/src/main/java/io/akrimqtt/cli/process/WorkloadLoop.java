package io.akrimqtt.cli.process;

import io.akrimqtt.cli.agent.Instance;
import java.io.IOException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Owns all workloads: one virtual thread takes messages. {@link #post} may be called by anybody, and waits while the queue is full. */
final class WorkloadLoop implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(WorkloadLoop.class);

    private static final int QUEUE = 1_024;

    sealed interface Message {
        record Create(Instance instance) implements Message {}

        record Delete(String instance) implements Message {}

        record Child(String instance, long run, ProgramEvent event) implements Message {}

        record Probed(String instance, long run, long pid, Health health) implements Message {}

        record Ended(String instance, long run) implements Message {}

        record Close() implements Message {}
    }

    private final WorkloadSettings settings;
    private final RunDirectory directory;
    private final Function<String, Optional<WorkloadTemplate>> templates;
    private final WorkloadListener listener;
    private final InstantSource clock;
    private final BlockingQueue<Message> queue = new ArrayBlockingQueue<>(QUEUE);
    private final Map<String, Workload> workloads = new LinkedHashMap<>();
    private long runs;
    private int starting;
    private boolean closing;
    private volatile boolean done;

    WorkloadLoop(
            WorkloadSettings settings,
            RunDirectory directory,
            Function<String, Optional<WorkloadTemplate>> templates,
            WorkloadListener listener,
            InstantSource clock) {
        this.settings = settings;
        this.directory = directory;
        this.templates = templates;
        this.listener = listener;
        this.clock = clock;
    }

    void post(Message message) {
        try {
            boolean taken = false;
            while (!done && !taken) {
                taken = queue.offer(message, 100, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void run() {
        try {
            while (!closing || !workloads.isEmpty()) {
                take(queue.take());
                startWhatWaits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            done = true;
        }
    }

    private void take(Message message) {
        switch (message) {
            case Message.Create(var instance) -> create(instance);
            case Message.Delete(var name) -> delete(workloads.get(name));
            case Message.Child(var name, var run, var event) -> child(current(name, run), event);
            case Message.Probed(var name, var run, var pid, var health) -> probed(current(name, run), pid, health);
            case Message.Ended(var name, var run) -> ended(current(name, run));
            case Message.Close() -> {
                closing = true;
                List.copyOf(workloads.values()).forEach(this::delete);
            }
        }
    }

    private @Nullable Workload current(String name, long run) {
        @Nullable Workload workload = workloads.get(name);
        return workload != null && workload.run == run ? workload : null;
    }

    private void create(Instance instance) {
        if (closing) {
            return;
        }
        var workload = new Workload(++runs, instance, templates.apply(instance.configuration()), directory);
        @Nullable Workload old = workloads.get(instance.name());
        if (old == null) {
            begin(workload);
        } else {
            delete(old, workload);
        }
    }

    private void begin(Workload workload) {
        workloads.put(workload.instance.name(), workload);
        var problem = workload.template == null ? Optional.<String>empty() : workload.problem();
        if (problem.isPresent()) {
            enter(workload, WorkloadState.REFUSED);
            tell(new WorkloadEvent.Refused(workload.instance, problem.get()));
        } else {
            enter(workload, workload.state);
        }
    }

    private void startWhatWaits() {
        for (var workload : workloads.values()) {
            if (starting >= settings.startingAtOnce()) {
                return;
            }
            if (workload.state == WorkloadState.WAITING) {
                start(workload);
            }
        }
    }

    private void start(Workload workload) {
        starting++;
        workload.starting = true;
        enter(workload, WorkloadState.STARTING);
        var name = workload.instance.name();
        workload.supervisor = Supervisor.start(
                workload.program(settings),
                settings.timing(),
                event -> post(new Message.Child(name, workload.run, event)));
    }

    private void child(@Nullable Workload workload, ProgramEvent event) {
        if (workload == null || workload.state == WorkloadState.STOPPING) {
            return;
        }
        var instance = workload.instance;
        switch (event) {
            case ProgramEvent.Started(var _, var pid) -> {
                workload.pid = pid;
                enter(workload, WorkloadState.STARTING);
                tell(new WorkloadEvent.Starting(instance, pid));
                probe(workload, pid);
            }
            case ProgramEvent.Exited(var _, var _, var code, var restartIn) -> {
                down(workload);
                enter(workload, WorkloadState.RESTARTING);
                tell(new WorkloadEvent.Exited(instance, code, restartIn));
            }
            case ProgramEvent.NotStarted(var _, var reason, var _) -> {
                down(workload);
                enter(workload, WorkloadState.RESTARTING);
                tell(new WorkloadEvent.Refused(instance, reason));
            }
        }
    }

    private void probe(Workload workload, long pid) {
        var name = workload.instance.name();
        workload.probe = HealthProbe.start(
                workload.address(), health -> post(new Message.Probed(name, workload.run, pid, health)));
    }

    private void probed(@Nullable Workload workload, long pid, Health health) {
        if (workload == null || workload.pid != pid) {
            return;
        }
        started(workload);
        switch (health) {
            case READY -> {
                enter(workload, WorkloadState.RUNNING);
                tell(new WorkloadEvent.Running(workload.instance, pid));
            }
            case NOT_READY -> {
                if (workload.state == WorkloadState.RUNNING) {
                    enter(workload, WorkloadState.UNREADY);
                    tell(new WorkloadEvent.Unready(workload.instance, pid));
                }
            }
            case SLOW -> {}
        }
    }

    /** It no longer keeps others from starting. */
    private void started(Workload workload) {
        if (workload.starting) {
            workload.starting = false;
            starting--;
        }
    }

    private void down(Workload workload) {
        workload.pid = 0;
        started(workload);
        if (workload.probe != null) {
            workload.probe.close();
            workload.probe = null;
        }
    }

    private void delete(@Nullable Workload workload) {
        if (workload != null) {
            delete(workload, null);
        }
    }

    /** Ends a workload; {@code successor} begins once it is gone. */
    private void delete(Workload workload, @Nullable Workload successor) {
        workload.successor = successor;
        if (workload.state == WorkloadState.STOPPING) {
            return;
        }
        down(workload);
        @Nullable Supervisor supervisor = workload.supervisor;
        enter(workload, WorkloadState.STOPPING);
        if (supervisor == null) {
            ended(workload);
            return;
        }
        var ended = new Message.Ended(workload.instance.name(), workload.run);
        Thread.ofVirtual().name("stop-" + workload.instance.name()).start(() -> {
            supervisor.close();
            post(ended);
        });
    }

    private void ended(@Nullable Workload workload) {
        if (workload == null) {
            return;
        }
        var name = workload.instance.name();
        workloads.remove(name);
        try {
            directory.remove(name);
        } catch (IOException e) {
            complain(e);
        }
        if (workload.template != null) {
            tell(new WorkloadEvent.Gone(workload.instance));
        }
        if (workload.successor != null && !closing) {
            begin(workload.successor);
        }
    }

    private void enter(Workload workload, WorkloadState state) {
        workload.state = state;
        try {
            directory.write(workload.snapshot());
        } catch (IOException e) {
            complain(e);
        }
    }

    private static void complain(IOException e) {
        LOG.atWarn().addKeyValue("error", e.toString()).log("the state of a workload cannot be written");
    }

    private void tell(WorkloadEvent event) {
        try {
            listener.on(clock.instant(), event);
        } catch (RuntimeException e) {
            LOG.atError()
                    .setCause(e)
                    .addKeyValue("event", event.getClass().getSimpleName())
                    .log("a listener failed");
        }
    }
}
