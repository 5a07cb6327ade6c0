package io.akrimqtt.cli.kube;

import io.akrimqtt.cli.access.CallerIdentity;
import io.akrimqtt.cli.access.UnreachableException;
import io.akrimqtt.cli.access.Workload;
import io.akrimqtt.cli.access.WorkloadConnection;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The workload of a device, in its pod.
 *
 * @param latest the port that was forwarded last: it knows why nothing answers
 */
record PodWorkload(
        AkriInstance of,
        PodView pod,
        Forwarding forwarding,
        CallerIdentity caller,
        AtomicReference<Optional<Forward>> latest)
        implements Workload {

    PodWorkload(AkriInstance of, PodView pod, Forwarding forwarding, CallerIdentity caller) {
        this(of, pod, forwarding, caller, new AtomicReference<>(Optional.empty()));
    }

    @Override
    public String deviceName() {
        return of.deviceName();
    }

    @Override
    public String instance() {
        return of.name();
    }

    @Override
    public String hint() {
        var problem = latest.get().map(Forward::problem).orElse("");
        return problem.isEmpty()
                ? "'kubectl -n " + pod.namespace() + " logs " + pod.name() + "' may tell why"
                : problem;
    }

    @Override
    public WorkloadConnection connect() throws UnreachableException {
        var forward = forwarding.open(pod.namespace(), pod.name(), GrpcPort.of(pod, GrpcPort.WORKLOAD));
        latest.set(Optional.of(forward));
        try {
            var connection = caller.open(forward.address());
            return WorkloadConnection.of(connection.channel(), () -> {
                connection.close();
                forward.close();
            });
        } catch (UnreachableException e) {
            forward.close();
            throw e;
        }
    }

    @Override
    public String toString() {
        return "PodWorkload[" + pod.namespace() + "/" + pod.name() + "]";
    }
}
