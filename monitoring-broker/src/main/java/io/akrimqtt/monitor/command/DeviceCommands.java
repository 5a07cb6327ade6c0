package io.akrimqtt.monitor.command;

import io.akrimqtt.messaging.rpc.CommandCall;
import io.akrimqtt.messaging.rpc.CommandEvent;
import io.akrimqtt.messaging.rpc.CommandRequest;
import io.akrimqtt.messaging.rpc.Origin;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Sends commands to the device. Thread-safe.
 *
 * <p>All MQTT servers of a device serve the same topics, so a command goes out on one of them: the first that is connected.
 */
public final class DeviceCommands {

    /** The most commands under way; more are refused with 429. */
    public static final int MAX_IN_FLIGHT = 100;

    private static final CommandCall ENDED = () -> {};

    private final List<CommandRoute> routes;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final CommandCounters counters = new CommandCounters();
    private final Semaphore places = new Semaphore(MAX_IN_FLIGHT);

    /**
     * Over these routes.
     *
     * @param routes one per MQTT server; none where the device takes no commands
     * @param random for command ids; thread-safe
     */
    public DeviceCommands(List<? extends CommandRoute> routes, InstantSource clock, RandomGenerator random) {
        this.routes = List.copyOf(routes);
        this.clock = clock;
        this.random = random;
    }

    public CommandCounters counters() {
        return counters;
    }

    /** How many commands are under way. */
    public int inFlight() {
        return MAX_IN_FLIGHT - places.availablePermits();
    }

    /**
     * Sends a command. Never waits and never throws: what is wrong is told to the listener.
     *
     * @param listener told in order, the last update once; must not wait
     */
    public CommandCall invoke(CommandOrder order, Consumer<CommandUpdate> listener) {
        var call = new Call(id(), order.oneWay(), listener);
        var refusal = CommandRules.refusal(order).or(this::noCommands);
        if (refusal.isPresent()) {
            return call.refuse(refusal.get());
        }
        var route = routes.stream().filter(CommandRoute::connected).findFirst();
        if (route.isEmpty()) {
            return call.refuse(
                    CommandOutcome.refused(503, Origin.SERVER, true, "no MQTT server of the device is connected"));
        }
        if (!places.tryAcquire()) {
            var text = MAX_IN_FLIGHT + " commands are under way (expected: fewer)";
            return call.refuse(CommandOutcome.refused(429, Origin.QUEUE, true, text));
        }
        return route.get()
                .invoke(
                        new CommandRequest(order.command(), order.payload(), order.timeout(), order.oneWay()),
                        call::on);
    }

    private Optional<CommandOutcome> noCommands() {
        var text = "the device takes no commands: its Configuration has no 'commands' in discoveryDetails";
        return routes.isEmpty()
                ? Optional.of(CommandOutcome.refused(404, Origin.CALLER, false, text))
                : Optional.empty();
    }

    private String id() {
        var bytes = new byte[16];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** One command under way. */
    private final class Call {

        private final String id;
        private final boolean oneWay;
        private final Consumer<CommandUpdate> listener;
        private final AtomicBoolean ended = new AtomicBoolean();

        Call(String id, boolean oneWay, Consumer<CommandUpdate> listener) {
            this.id = id;
            this.oneWay = oneWay;
            this.listener = listener;
        }

        CommandCall refuse(CommandOutcome outcome) {
            tell(outcome);
            return ENDED;
        }

        void on(CommandEvent event) {
            var outcome = CommandOutcome.of(event, oneWay);
            if (outcome.last() && ended.compareAndSet(false, true)) {
                places.release();
                tell(outcome);
            } else if (!ended.get()) {
                tell(outcome);
            }
        }

        private void tell(CommandOutcome outcome) {
            if (outcome.last()) {
                counters.countEnded(outcome.state());
            }
            listener.accept(new CommandUpdate(id, clock.instant(), outcome));
        }
    }
}
