package io.akrimqtt.handler.report;

/** Why a listed device is not reported. Becomes a label of metrics. */
public enum Refusal {
    /** No environment variable of a workload could hold the rest, and Kubernetes has limits, too. */
    ID_TOO_LONG("the device id is longer than 512 bytes"),
    /** No environment variable of a workload could carry it unchanged. */
    ID_WITH_CONTROL_CHARACTERS("the device id has control characters"),
    /** Akri's agent ends a stream above 4 MiB. */
    REPORT_FULL("the report would be larger than 3.5 MiB");

    private final String text;

    Refusal(String text) {
        this.text = text;
    }

    /** The reason, for people. */
    public String text() {
        return text;
    }
}
