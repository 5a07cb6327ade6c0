package io.akrimqtt.serving;

import io.grpc.BindableService;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;
import java.util.ArrayList;
import java.util.List;

/** The standard health service of a server ({@code grpc.health.v1}): one word for all its services. Thread-safe. */
public final class ServedHealth {

    private final HealthStatusManager manager = new HealthStatusManager();
    private final List<String> names = new ArrayList<>(List.of(HealthStatusManager.SERVICE_NAME_ALL_SERVICES));

    private ServedHealth() {}

    /** Of a server with these services: each is known by its full name, all together by the empty one. All are serving. */
    public static ServedHealth of(List<? extends BindableService> services) {
        var health = new ServedHealth();
        services.forEach(each ->
                health.names.add(each.bindService().getServiceDescriptor().getName()));
        health.serving(true);
        return health;
    }

    /** To be added to the server. */
    public BindableService service() {
        return manager.getHealthService();
    }

    /** What is answered from now on; whoever watches is told. */
    public void serving(boolean ready) {
        var status = ready ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
        names.forEach(name -> manager.setStatus(name, status));
    }
}
