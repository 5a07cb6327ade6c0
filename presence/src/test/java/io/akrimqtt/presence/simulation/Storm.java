package io.akrimqtt.presence.simulation;

import java.time.Duration;

/**
 * A bad hour of a fleet, by chance: devices die, lose their power, are cut off, leave, sleep, are taken back and return; the server
 * is restarted; the tracker is cut off, hears nothing, is killed. Then it is quiet for long enough to know all.
 *
 * <p>Seeds that are even have sleepers and a server with a disk; seeds that are odd have a server that forgets all when killed.
 */
final class Storm {

    private final Scenario scenario;
    private final boolean sleepers;
    private final int devices;

    private Storm(Scenario scenario, boolean sleepers, int devices) {
        this.scenario = scenario;
        this.sleepers = sleepers;
        this.devices = devices;
    }

    /** @param blows how many things happen, one each 10 s on average */
    static Scenario of(String name, long seed, int devices, int blows) {
        boolean sleepers = seed % 2 == 0;
        var scenario = Scenario.of(name, seed).auditEach("10 m");
        scenario = sleepers ? scenario.persistentServer("a") : scenario.server("a");
        scenario.watched("a")
                .fleet("d", devices, "a", Habits.good().telemetryEach(Duration.ofSeconds(20)))
                .after("1 m");
        var storm = new Storm(scenario, sleepers, devices);
        for (int i = 0; i < blows; i++) {
            storm.blow();
        }
        return storm.calm();
    }

    private void blow() {
        scenario.then(world -> {
            var simulation = world.simulation();
            int kind = simulation.below(100);
            switch (kind) {
                case 0 -> serverGoes(simulation.below(200));
                case 1 ->
                    scenario.trackerIsCutOff(0)
                            .after(simulation.below(300) + " s")
                            .trackerIsReconnected(0);
                case 2 ->
                    scenario.trackerHearsNothing(0)
                            .after(simulation.below(300) + " s")
                            .trackerIsReconnected(0);
                case 3 ->
                    scenario.trackerIsKilled()
                            .after(simulation.below(120) + " s")
                            .trackerStarts();
                case 4 ->
                    world.tracker().watch(0).cable.crowd(simulation.between(Duration.ZERO, Duration.ofSeconds(4)));
                default -> happens("d%03d".formatted(simulation.below(devices)), simulation.below(8), world);
            }
            scenario.after(simulation.below(20) + " s");
        });
    }

    private void serverGoes(int seconds) {
        if (sleepers) {
            scenario.serverStops("a").after(seconds + " s").serverStarts("a");
        } else {
            scenario.serverIsKilled("a").after(seconds + " s").serverStarts("a");
        }
    }

    private void happens(String device, int what, Scenario.World world) {
        boolean there = world.device(device).truth() == SimulatedDevice.Truth.ALIVE;
        if (!there) {
            scenario.starts(device);
            return;
        }
        switch (what) {
            case 0, 1 -> scenario.dies(device);
            case 2 -> scenario.losesPower(device);
            case 3 -> scenario.leaves(device);
            case 4 -> scenario.isCutOff(device).after("2 s").isReconnected(device);
            case 5 -> scenario.isCutOff(device).after("40 s").isReconnected(device);
            case 6 -> scenario.isTakenBack(device);
            default -> {
                if (sleepers && world.device(device).connected()) {
                    scenario.dozes(device);
                }
            }
        }
    }

    private Scenario calm() {
        return scenario.after("45 m");
    }
}
