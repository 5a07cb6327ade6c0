package io.akrimqtt.cli.rebalance;

/** Why nothing can be planned, in a sentence. */
public final class RebalanceException extends Exception {

    private static final long serialVersionUID = 1L;

    RebalanceException(String message) {
        super(message);
    }
}
