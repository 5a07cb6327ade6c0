package io.akrimqtt.helm.story;

import java.time.Duration;
import java.util.List;

/**
 * What one event came to.
 *
 * @param within how many devices the event may touch: those of the nodes that it happens to
 * @param instances of living devices that were deleted or made anew
 * @param pods of living devices that were restarted
 * @param writes that the API server got until rest
 * @param rest how long it took until each device had exactly one workload and nothing was odd
 */
record Row(String event, Harm harm, int within, int instances, int pods, long writes, Duration rest) {

    /** What an event does whatever a handler does (Akri contract, 0.1). */
    enum Harm {
        /** Nothing, guard or not. */
        NONE,
        /** Agent or handler of a node begin anew: all that it has is deleted, where no guard refuses (R6 to R8). */
        BEGIN_ANEW,
        /** The node is lost: its pods are (R22). */
        NODE_LOST
    }

    /** How many Instances of living devices may be deleted. */
    int deletable(boolean guard) {
        return switch (harm) {
            case NONE, NODE_LOST -> 0;
            case BEGIN_ANEW -> guard ? 0 : within;
        };
    }

    /** How many pods of living devices may be restarted. */
    int restartable(boolean guard) {
        return switch (harm) {
            case NONE -> 0;
            case BEGIN_ANEW -> guard ? 0 : within;
            case NODE_LOST -> within;
        };
    }

    static String table(String title, List<Row> rows) {
        var text = new StringBuilder("### ").append(title).append("\n\n");
        text.append("| event | Instances deleted | pods restarted | API writes | at rest after |\n");
        text.append("| --- | --- | --- | --- | --- |\n");
        for (var row : rows) {
            text.append("| %s | %s |\n".formatted(row.event(), row.cells()));
        }
        return text.toString();
    }

    /** The same events of two runs, beside each other. */
    static String table(String title, List<Row> guarded, List<Row> bare) {
        var text = new StringBuilder("### ").append(title).append("\n\n");
        text.append("| | with the guard | | | | without it | | | |\n");
        text.append("| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n");
        text.append("| event | Instances deleted | pods restarted | API writes | at rest after |");
        text.append(" Instances deleted | pods restarted | API writes | at rest after |\n");
        for (int i = 0; i < guarded.size(); i++) {
            var row = guarded.get(i);
            text.append("| %s | %s | %s |\n"
                    .formatted(row.event(), row.cells(), bare.get(i).cells()));
        }
        return text.toString();
    }

    private String cells() {
        return "%d | %d | %d | %.1f s".formatted(instances, pods, writes, rest.toMillis() / 1000.0);
    }
}
