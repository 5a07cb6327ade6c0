package io.akrimqtt.handler.details;

import java.util.List;

/** What came of reading {@code discoveryDetails}. */
public sealed interface DetailsResult {

    /** All is well. */
    record Checked(DiscoveryDetails details) implements DetailsResult {}

    /**
     * Something is wrong.
     *
     * @param problems at least one, in the order of their places
     */
    record Refused(List<Problem> problems) implements DetailsResult {
        public Refused {
            problems = List.copyOf(problems);
        }
    }
}
