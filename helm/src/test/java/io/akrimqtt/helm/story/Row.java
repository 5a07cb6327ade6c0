package io.akrimqtt.helm.story;

import java.time.Duration;
import java.util.List;

/**
 * What one event came to.
 *
 * @param instances of living devices that were deleted or made anew
 * @param pods of living devices that were restarted
 * @param writes that the API server got until rest
 * @param rest how long it took until each device had exactly one workload and nothing was odd
 */
record Row(String event, int devices, int instances, int pods, long writes, Duration rest) {

    static String table(String title, List<Row> rows) {
        var text = new StringBuilder("### ").append(title).append("\n\n");
        text.append("| event | devices | Instances deleted | pods restarted | API writes | at rest after |\n");
        text.append("| --- | --- | --- | --- | --- | --- |\n");
        for (var row : rows) {
            text.append("| %s | %d | %d | %d | %d | %.1f s |\n"
                    .formatted(
                            row.event(),
                            row.devices(),
                            row.instances(),
                            row.pods(),
                            row.writes(),
                            row.rest().toMillis() / 1000.0));
        }
        return text.toString();
    }
}
