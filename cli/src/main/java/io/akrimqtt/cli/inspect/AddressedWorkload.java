package io.akrimqtt.cli.inspect;

import io.akrimqtt.cli.access.CallerIdentity;
import io.akrimqtt.cli.access.UnreachableException;
import io.akrimqtt.cli.access.Workload;
import io.akrimqtt.cli.access.WorkloadConnection;
import io.akrimqtt.cli.inspect.InspectException.Kind;
import io.akrimqtt.proto.monitoring.v1.GetDeviceRequest;
import io.akrimqtt.proto.monitoring.v1.MonitoringGrpc;
import io.akrimqtt.serving.ListenAddress;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A workload at an address.
 *
 * @param deviceName as somebody called it, or as the workload does
 */
public record AddressedWorkload(String deviceName, ListenAddress address, CallerIdentity caller) implements Workload {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /**
     * The workload at an address, which has to be that of a device. A caller that may not read is taken at its word: it cannot ask.
     *
     * @param text the device's name or id
     */
    public static Workload of(String text, ListenAddress address, CallerIdentity caller) throws InspectException {
        var asked = new AddressedWorkload(text, address, caller);
        try (var connection = Calls.open(asked)) {
            var device = MonitoringGrpc.newBlockingStub(connection.channel())
                    .withDeadlineAfter(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .getDevice(GetDeviceRequest.getDefaultInstance());
            if (!device.getName().equals(text) && !device.getId().equals(text)) {
                throw new InspectException(
                        Kind.NO_DEVICE,
                        "the workload at " + address + " is not that of '" + text + "' (expected: " + device.getName()
                                + ")");
            }
            return new AddressedWorkload(device.getName(), address, caller);
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() == Status.Code.PERMISSION_DENIED) {
                return asked;
            }
            throw new InspectException(Kind.FAILED, Calls.sentence(asked, e));
        }
    }

    /** The address: the workload does not know its Instance. */
    @Override
    public String instance() {
        return address.toString();
    }

    @Override
    public String hint() {
        return "";
    }

    @Override
    public WorkloadConnection connect() throws UnreachableException {
        return caller.open(address);
    }
}
