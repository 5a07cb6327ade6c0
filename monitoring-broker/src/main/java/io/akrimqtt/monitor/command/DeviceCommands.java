package io.akrimqtt.monitor.command;

import io.akrimqtt.messaging.rpc.CommandCall;
import io.akrimqtt.messaging.rpc.CommandEvent;
import io.akrimqtt.messaging.rpc.Origin;
import io.akrimqtt.messaging.topic.TopicName;
import io.akrimqtt.monitor.command.keep.CommandKeeper;
import io.akrimqtt.monitor.command.keep.KeeperState;
import io.akrimqtt.monitor.command.life.CommandOrder;
import io.akrimqtt.monitor.command.life.CommandOutcome;
import io.akrimqtt.monitor.command.life.CommandRecord;
import io.akrimqtt.monitor.command.life.CommandUpdate;
import io.akrimqtt.monitor.command.life.CommandView;
import io.akrimqtt.monitor.command.life.QueueEvent;
import io.akrimqtt.monitor.command.life.QueueRules;
import io.akrimqtt.monitor.command.life.SendingOrder;
import io.akrimqtt.monitor.device.MemberTopics;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Takes commands for the device and tells what becomes of them. Thread-safe.
 *
 * <p>All MQTT servers of a device serve the same topics, so a command goes out on one of them: the first that is connected.
 */
public final class DeviceCommands implements AutoCloseable {

    /** The most commands of a class under way. */
    public static final int MAX_IN_FLIGHT = QueueRules.DEFAULT.maxInFlight();

    private static final CommandCall ENDED = () -> {};

    private final boolean takesNone;
    private final InstantSource clock;
    private final SendingOrder order;
    private final CommandIds ids;
    private final CommandCounters counters = new CommandCounters();
    private final CommandKeeper keeper;
    private final CommandWatcher watcher;
    private final CommandLoop loop;

    /** Whom a command is for: what is written becomes a topic, or empty for the one device; nothing for what cannot be. */
    private final Function<String, Optional<String>> addressee;

    /** Whether it is for the devices of a group, and those of them that were heard of: so many at most as may be commanded. */
    private final boolean group;

    private final Set<String> members = ConcurrentHashMap.newKeySet();

    /** What may be written there. */
    private final String expected;

    private DeviceCommands(
            List<? extends CommandRoute> routes,
            QueueRules rules,
            CommandKeeper keeper,
            CommandWatcher watcher,
            @Nullable MemberTopics members,
            InstantSource clock,
            RandomGenerator random) {
        this.watcher = watcher;
        this.takesNone = routes.isEmpty();
        this.clock = clock;
        this.order = rules.order();
        this.keeper = keeper;
        this.ids = new CommandIds(clock, random);
        this.loop = new CommandLoop(rules, routes, keeper, counters, watcher, clock);
        this.group = members != null;
        this.addressee = members == null
                ? text -> Optional.of(text).filter(String::isEmpty)
                : text -> members.member(text).map(TopicName::value);
        this.expected = members == null
                ? "none, since this is no group"
                : "a device of the group: its topic, which matches one of " + members.filters()
                        + ", or what of it follows " + members.group() + "; or * for all of them";
    }

    /**
     * Starts with routes that do not connect yet.
     *
     * @param routes one per MQTT server; none where the device takes no commands
     * @param random for command ids; thread-safe
     */
    public static DeviceCommands start(
            List<? extends CommandRoute> routes,
            QueueRules rules,
            CommandKeeper keeper,
            InstantSource clock,
            RandomGenerator random) {
        return start(routes, rules, keeper, CommandWatcher.NONE, null, clock, random);
    }

    /**
     * The same for a group, with one who is told of every command.
     *
     * @param members whose commands name the device they are for; null for one device
     */
    public static DeviceCommands start(
            List<? extends CommandRoute> routes,
            QueueRules rules,
            CommandKeeper keeper,
            CommandWatcher watcher,
            @Nullable MemberTopics members,
            InstantSource clock,
            RandomGenerator random) {
        var commands = new DeviceCommands(routes, rules, keeper, watcher, members, clock, random);
        commands.loop.start();
        var loop = commands.loop;
        keeper.listen(new CommandKeeper.Listener() {
            @Override
            public void found(CommandRecord command, String answers) {
                var member = command.order().member();
                if (commands.addressee.apply(member).filter(member::equals).isPresent()) {
                    loop.found(command, answers);
                }
            }

            @Override
            public void contested(CommandRecord theirs, boolean lost) {
                loop.contested(theirs, lost);
            }

            @Override
            public void loaded() {
                loop.post(at -> new QueueEvent.Loaded(at));
            }
        });
        routes.forEach(route -> route.listen(new CommandRoute.Listener() {
            @Override
            public void changed() {
                loop.connectionsChanged();
            }

            @Override
            public void overheard(String id, CommandEvent event) {
                loop.overheard(id, event);
            }
        }));
        return commands;
    }

    public CommandCounters counters() {
        return counters;
    }

    /** When the next command may follow the one before. */
    public SendingOrder order() {
        return order;
    }

    /** How commands are kept. */
    public KeeperState keeping() {
        return keeper.state();
    }

    /** How many commands are under way. */
    public int inFlight() {
        return loop.inFlight();
    }

    /** How many commands wait. */
    public int waiting() {
        return loop.waiting();
    }

    /**
     * Names who is told that a device has answered something: its topic in a group, else empty. On the owner's thread; must not
     * block.
     */
    public void onAnswer(Consumer<String> listener) {
        loop.onAnswer(member -> {
            heardOf(member);
            listener.accept(member);
        });
    }

    private void heardOf(String member) {
        if (!member.isEmpty() && members.size() < GroupRoute.MAX_MEMBERS) {
            members.add(member);
        }
    }

    /**
     * Names who knows whom to tell of a command of an earlier process that has not ended; before the MQTT server is connected.
     *
     * @param who empty for nobody
     */
    public void onRestored(Function<CommandOrder, Optional<Consumer<CommandUpdate>>> who) {
        loop.onRestored(who);
    }

    /**
     * Says what is known of the device.
     *
     * @param reason why it cannot be reached; empty where it can
     */
    public void reachable(boolean reachable, String reason) {
        reachable("", reachable, reason);
    }

    /**
     * Says what is known of a device of a group.
     *
     * @param member its topic
     */
    public void reachable(String member, boolean reachable, String reason) {
        heardOf(member);
        loop.post(at -> new QueueEvent.Reach(at, member, reachable, reason));
    }

    /**
     * Takes a command. Never waits and never throws: what is wrong is told to the listener.
     *
     * @param listener told in order, the last update once; must not wait
     * @return to leave it: a command that outlives its caller goes on untold, any other is taken back
     */
    public CommandCall invoke(CommandOrder order, Consumer<CommandUpdate> listener) {
        return group && order.member().equals(GroupOrder.EVERYONE) ? everyone(order, listener) : one(order, listener);
    }

    private CommandCall everyone(CommandOrder order, Consumer<CommandUpdate> listener) {
        var id = ids.next();
        var all = List.copyOf(members);
        var refusal = CommandRules.groupRefusal(order, all.size());
        if (refusal.isPresent()) {
            counters.countEnded(refusal.get().state());
            listener.accept(new CommandUpdate(id, clock.instant(), refusal.get()));
            return ENDED;
        }
        var together = new GroupOrder(id, all.size(), clock, listener);
        together.begin();
        var calls = all.stream()
                .map(member -> one(order.to(member).withReply(""), update -> together.told(member, update)))
                .toList();
        return () -> calls.forEach(CommandCall::cancel);
    }

    private CommandCall one(CommandOrder order, Consumer<CommandUpdate> listener) {
        var id = ids.next();
        var named = addressee.apply(order.member());
        var refusal = CommandRules.refusal(order).or(this::obstacle).or(() -> strange(order.member(), named));
        if (refusal.isPresent()) {
            counters.countEnded(refusal.get().state());
            listener.accept(new CommandUpdate(id, clock.instant(), refusal.get()));
            return ENDED;
        }
        var to = order.to(named.orElse(""));
        loop.submit(id, to.traced(watcher.begun(id, to, clock.instant())), listener);
        return () -> loop.leave(id, listener, !order.durable());
    }

    /** A group's commands name a device, others do not. */
    private Optional<CommandOutcome> strange(String member, Optional<String> named) {
        if (named.isPresent()) {
            return Optional.empty();
        }
        var found = member.isEmpty() ? "is missing" : "'" + CommandRules.quoted(member) + "' is none here";
        return Optional.of(CommandOutcome.refused(
                member.isEmpty() ? 400 : 404,
                Origin.CALLER,
                false,
                "member: " + found + " (expected: " + expected + ")"));
    }

    private Optional<CommandOutcome> obstacle() {
        if (takesNone) {
            var text = "the device takes no commands: its Configuration has no 'commands' in discoveryDetails";
            return Optional.of(CommandOutcome.refused(404, Origin.CALLER, false, text));
        }
        return loop.overloaded()
                ? Optional.of(CommandOutcome.refused(429, Origin.QUEUE, true, "too many requests at a time"))
                : Optional.empty();
    }

    /** All commands that are remembered, the oldest first. */
    public CompletableFuture<List<CommandView>> list() {
        return loop.ask(queue -> queue.views());
    }

    /** A command as it stands, or empty where it is not known (any more). */
    public CompletableFuture<Optional<CommandView>> find(String id) {
        return loop.ask(queue -> queue.view(id));
    }

    /**
     * Takes a command back where it has not ended.
     *
     * @param reason who did, for people
     * @return as it stands after that, or empty where it is not known (any more)
     */
    public CompletableFuture<Optional<CommandView>> cancel(String id, String reason) {
        loop.post(at -> new QueueEvent.Cancelled(at, id, reason));
        return find(id);
    }

    /**
     * Follows a command: its latest update at once, then the others to its end.
     *
     * @return how to stop; empty where the command is not known (any more)
     */
    public CompletableFuture<Optional<CommandCall>> watch(String id, Consumer<CommandUpdate> listener) {
        return loop.watch(id, listener);
    }

    /** Takes back what does not outlive the process, leaves the rest to the next one, and stops. */
    @Override
    public void close() {
        loop.close();
    }
}
