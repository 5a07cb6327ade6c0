package io.akrimqtt.cli.process;

import java.time.Duration;

/** What happened to a supervised program. */
public sealed interface ProgramEvent {

    /** It runs, as far as the system knows. */
    record Started(String program, long pid) implements ProgramEvent {}

    /**
     * It ended by itself, or somebody ended it.
     *
     * @param exitCode 2 for bad settings, which its log lists; 128 + n for signal n
     * @param restartIn how long until it is started again
     */
    record Exited(String program, long pid, int exitCode, Duration restartIn) implements ProgramEvent {

        /** Whether it found its settings bad, which a restart does not mend. */
        public boolean badSettings() {
            return exitCode == RestartTiming.BAD_SETTINGS;
        }
    }

    /** The system did not start it. */
    record NotStarted(String program, String reason, Duration restartIn) implements ProgramEvent {}
}
