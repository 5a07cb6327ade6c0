package io.akrimqtt.handler.kubernetes;

import io.akrimqtt.handler.caretaker.Action.Outcome;
import io.akrimqtt.handler.caretaker.Action.Tell;
import io.akrimqtt.handler.caretaker.Action.Write;
import io.akrimqtt.handler.report.Allotment;
import io.akrimqtt.handler.report.Reporting;
import java.util.Set;
import java.util.function.BiConsumer;

/** What the loop does with decisions. Nothing blocks for long. */
interface Hands {

    void write(Write write, BiConsumer<Write, Outcome> done);

    void tell(Tell tell);

    void allot(Allotment allotment);

    void sendAgain(String watch);

    void end(String watch, String reason);

    void adopt(String watch, Set<String> devices);

    static Hands of(ClusterWriter writer, Events events, Reporting reporting) {
        return new Hands() {
            @Override
            public void write(Write write, BiConsumer<Write, Outcome> done) {
                writer.write(write, done);
            }

            @Override
            public void tell(Tell tell) {
                events.tell(tell);
            }

            @Override
            public void allot(Allotment allotment) {
                reporting.allot(allotment);
            }

            @Override
            public void sendAgain(String watch) {
                reporting.sendAgain(watch);
            }

            @Override
            public void end(String watch, String reason) {
                reporting.end(watch, reason);
            }

            @Override
            public void adopt(String watch, Set<String> devices) {
                reporting.adopt(watch, devices);
            }
        };
    }
}
