package io.akrimqtt.cli.command;

/** What a command says to the shell. A promise: none gets another meaning. */
final class ExitCode {

    static final int DONE = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;
    static final int NO_RUN = 3;
    static final int NO_DEVICE = 4;
    static final int COMMAND_FAILED = 5;
    static final int COMMAND_UNANSWERED = 6;

    static final String DONE_TEXT = "0:It is done.";
    static final String FAILED_TEXT = "1:It failed; standard error says why.";
    static final String FINDINGS_TEXT = "1:Errors were found, or a file cannot be read.";
    static final String USAGE_TEXT = "2:The command line, or a Configuration, is wrong. Nothing was started.";
    static final String NO_RUN_TEXT = "3:No local run was found in the directory.";
    static final String NO_PLACE_TEXT = "3:No local run was found in the directory, or the cluster cannot be used.";
    static final String NO_CLUSTER_TEXT =
            "3:The cluster cannot be used: no kubeconfig, no answer, no rights, or no akri-mqtt.";
    static final String NO_DEVICE_TEXT = "4:The device was not found, or it has no running workload.";
    static final String COMMAND_FAILED_TEXT =
            "5:The command failed or was rejected: by the device, the MQTT server or the queue, or for its caller's fault.";
    static final String COMMAND_UNANSWERED_TEXT = "6:The command timed out, expired or was cancelled: no answer.";

    private ExitCode() {}
}
