package io.akrimqtt.cli.access;

import io.akrimqtt.serving.GrpcConnection;
import io.grpc.Channel;

/** A way to a workload's gRPC API, with all that it needs (a forwarded port, say) until it is closed. */
public interface WorkloadConnection extends AutoCloseable {

    /** For stubs; shows the caller's token by itself, where there is one. */
    Channel channel();

    /** Ends all calls and frees everything. Idempotent; does not wait. */
    @Override
    void close();

    /** One without a token. */
    static WorkloadConnection of(GrpcConnection connection) {
        return of(connection.channel(), connection::close);
    }

    /**
     * One of parts.
     *
     * @param end frees what the channel needs, and the channel
     */
    static WorkloadConnection of(Channel channel, Runnable end) {
        return new WorkloadConnection() {
            @Override
            public Channel channel() {
                return channel;
            }

            @Override
            public void close() {
                end.run();
            }
        };
    }
}
