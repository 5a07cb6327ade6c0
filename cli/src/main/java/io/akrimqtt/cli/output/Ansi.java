package io.akrimqtt.cli.output;

/** Colours and cursor movements of terminals; plain text where there is none. */
enum Ansi {
    ON,
    OFF;

    enum Colour {
        NONE(""),
        BOLD("1"),
        RED("31"),
        GREEN("32"),
        YELLOW("33"),
        DIM("2");

        private final String code;

        Colour(String code) {
            this.code = code;
        }
    }

    /** The colour of a kind of news. */
    static Colour of(EventType type) {
        return switch (type) {
            case DEVICE_ONLINE, WORKLOAD_RUNNING, SERVER_CONNECTED -> Colour.GREEN;
            case DEVICE_OFFLINE, WORKLOAD_GONE, PROGRAM_ENDED, SERVER_AWAY -> Colour.RED;
            case DEVICE_UNKNOWN,
                    DEVICE_SLEEPING,
                    WORKLOAD_WAITING,
                    WORKLOAD_UNREADY,
                    WORKLOAD_REFUSED,
                    CONFIGURATION_PROBLEM,
                    CONFIGURATION_IGNORED,
                    TELEMETRY_GAP -> Colour.YELLOW;
            case COMMAND_FINISHED, EXPLAIN_MATCH -> Colour.BOLD;
            case RUN_STARTED,
                    RUN_STOPPED,
                    CLUSTER_STARTED,
                    API_WRITES,
                    CONFIGURATION_APPLIED,
                    PROGRAM_STARTED,
                    DEVICE_FORGOTTEN,
                    INSTANCE_CREATED,
                    INSTANCE_DELETED,
                    WORKLOAD_STARTING,
                    DEVICE_FOUND,
                    TELEMETRY_MESSAGE,
                    LOG_LINE,
                    COMMAND_PROGRESS,
                    CHECK_FINDING,
                    CHECK_FINISHED,
                    EXPLAIN_NONE,
                    EXPLAIN_DEVICE,
                    EXPLAIN_SERVER,
                    EXPLAIN_TRANSITION,
                    MESSAGES_IGNORED,
                    RECORDING_STARTED,
                    RECORDING_FINISHED,
                    REPLAY_FINISHED,
                    REBALANCE_NODE,
                    REBALANCE_MOVE,
                    REBALANCE_STEP,
                    REBALANCE_FINISHED -> Colour.NONE;
        };
    }

    String paint(Colour colour, String text) {
        return this == OFF || colour == Colour.NONE ? text : "\u001b[" + colour.code + "m" + text + "\u001b[0m";
    }
}
