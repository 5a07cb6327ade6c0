package io.akrimqtt.presence.simulation;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A device with habits. It knows the truth about itself. */
final class SimulatedDevice implements Client {

    /** What is true of a device. */
    enum Truth {
        ALIVE,
        ASLEEP,
        GONE;

        boolean there() {
            return this != GONE;
        }
    }

    final String id;
    final Cable cable = new Cable();

    private final Simulation simulation;
    private final MqttServer server;
    private final Habits habits;
    private final String clientId;
    private Truth truth = Truth.GONE;
    private @Nullable Line line;
    private int life;
    private int counter;

    SimulatedDevice(String id, String clientId, Habits habits, MqttServer server, Simulation simulation) {
        this.id = id;
        this.clientId = clientId;
        this.habits = habits;
        this.server = server;
        this.simulation = simulation;
    }

    Truth truth() {
        return truth;
    }

    boolean connected() {
        return line != null && line.held();
    }

    /** It starts and connects as soon as it can. */
    void start() {
        truth = Truth.ALIVE;
        life++;
        connect();
    }

    private void connect() {
        int mine = life;
        var status = new Packet(id + "/status", "offline", 1, habits.willRetained());
        var will = habits.statesPresence() ? new Will(status, habits.willDelay()) : null;
        boolean clean = habits.willDelay().isZero();
        var accepted = server.connect(this, cable, new MqttServer.Connect(clientId, clean, habits.keepAlive(), will));
        if (accepted.isEmpty()) {
            again();
            return;
        }
        line = accepted.get().line();
        states("online", habits.birthQos());
        if (!habits.telemetry().isZero()) {
            simulation.after(simulation.between(Duration.ZERO, habits.telemetry()), () -> publish(mine));
        }
    }

    private void again() {
        int mine = life;
        simulation.after(simulation.between(Duration.ofMillis(500), habits.returns()), () -> {
            if (mine == life && truth == Truth.ALIVE) {
                connect();
            }
        });
    }

    private void publish(int then) {
        if (then == life && truth == Truth.ALIVE && line != null && line.held()) {
            telemetry();
            simulation.after(habits.telemetry(), () -> publish(then));
        }
    }

    /** One message of telemetry. */
    void telemetry() {
        send(new Packet(id + "/joints", Integer.toString(counter++), 1, false));
    }

    private void states(String word, int qos) {
        if (habits.statesPresence()) {
            send(new Packet(id + "/status", word, qos, true));
        }
    }

    private void send(Packet packet) {
        if (line != null && line.held()) {
            line.publish(packet);
        }
    }

    /** The process dies. Its connection breaks at once. */
    void die() {
        end();
        if (line != null) {
            line.processDied();
        }
    }

    /** The power goes: the server finds out by the keep-alive. */
    void vanish() {
        end();
        cable.swallow();
    }

    /** It ends as it should, or as it thinks it should. */
    void leave() {
        if (habits.saysGoodbye()) {
            states("offline", 1);
        }
        end();
        disconnect();
    }

    /** It says that it sleeps, and drops its connection in a way that publishes its will. */
    void sleep() {
        states("sleeping", 1);
        truth = Truth.ASLEEP;
        life++;
        if (line != null) {
            line.processDied();
        }
    }

    /** It says that it sleeps, and disconnects cleanly: no will. */
    void doze() {
        states("sleeping", 1);
        truth = Truth.ASLEEP;
        life++;
        disconnect();
    }

    /** Somebody takes it out of service: its status is deleted, and it is gone. */
    void takeBack() {
        send(new Packet(id + "/status", "", 1, true));
        end();
        disconnect();
    }

    private void disconnect() {
        if (line != null) {
            line.disconnect();
        }
    }

    private void end() {
        truth = Truth.GONE;
        life++;
    }

    @Override
    public void arrived(Packet packet) {
        // it subscribes to nothing
    }

    @Override
    public void closed(String reason) {
        if (truth == Truth.ALIVE) {
            life++;
            again();
        }
    }
}
