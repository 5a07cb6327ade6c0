package io.akrimqtt.messaging.rpc;

import static io.akrimqtt.messaging.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.messaging.client.SessionOptions;
import io.akrimqtt.messaging.testing.HiveMqServer;
import io.akrimqtt.messaging.testing.MosquittoServer;
import io.akrimqtt.messaging.testing.TestServer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server that restarts between a request and its answer, with and without what it knew. */
class ServerRestartTest extends TwoClients {

    private static final Duration LONG = Duration.ofMinutes(5);

    private final AtomicInteger times = new AtomicInteger();
    private final CountDownLatch gate = new CountDownLatch(1);

    /** How a server ends, and what it knows when it is back. */
    enum Ending {
        MOSQUITTO_STOPS_AND_KEEPS_SESSIONS,
        MOSQUITTO_IS_KILLED_AND_FORGETS_ALL,
        HIVEMQ_CE_STOPS_AND_KEEPS_SESSIONS,
        HIVEMQ_CE_STOPS_AND_FORGETS_ALL;

        TestServer start() {
            return switch (this) {
                case MOSQUITTO_STOPS_AND_KEEPS_SESSIONS, MOSQUITTO_IS_KILLED_AND_FORGETS_ALL -> MosquittoServer.start();
                case HIVEMQ_CE_STOPS_AND_KEEPS_SESSIONS -> HiveMqServer.startKeeping();
                case HIVEMQ_CE_STOPS_AND_FORGETS_ALL -> HiveMqServer.start();
            };
        }

        void end(TestServer server) {
            if (this == MOSQUITTO_IS_KILLED_AND_FORGETS_ALL) {
                ((MosquittoServer) server).kill();
            } else {
                server.stop();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Ending.class)
    void pe_5_3_6_no_answer_is_lost_and_nothing_done_twice(Ending ending) {
        // It takes long to start with files.
        boolean brief = ending != Ending.HIVEMQ_CE_STOPS_AND_KEEPS_SESSIONS;
        Assumptions.assumeTrue(brief || Boolean.getBoolean("long"), "runs with -Plong");
        try (var server = ending.start()) {
            var executing = client(server.url(), SessionOptions.persistent("device", LONG));
            toClose.add(CommandExecutor.create(
                    executing,
                    properties(),
                    Map.of("wait", _ -> {
                        times.incrementAndGet();
                        gate.await();
                        return CommandReply.ok(Payload.text("at last"));
                    }),
                    InstantSource.system()));
            connect(executing);
            var asking = client(server.url(), SessionOptions.persistent("caller", LONG));
            var options = InvokerOptions.of("caller").withRepeatAfterSessionLoss(true);
            var invoker = CommandInvoker.create(
                    asking, properties(), options, InstantSource.system(), RandomGenerator.getDefault());
            toClose.add(invoker);
            connect(asking);
            var calls = new Calls();
            invoker.invoke(CommandRequest.of("wait", Payload.EMPTY, LONG), calls);
            await().until(() -> times.get() == 1 && !calls.events.isEmpty());

            ending.end(server);
            await().until(() -> !executing.connected() && !asking.connected());
            gate.countDown();
            server.startAgain();

            assertThat(calls.answer().payload().text()).isEqualTo("at last");
            assertThat(times).hasValue(1);
        }
    }
}
