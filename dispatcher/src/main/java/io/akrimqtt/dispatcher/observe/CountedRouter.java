package io.akrimqtt.dispatcher.observe;

import io.akrimqtt.messaging.dispatch.CommandRouter;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.topic.TopicFilter;
import io.prometheus.metrics.core.metrics.Counter;
import java.util.concurrent.CompletionStage;

/** A router whose messages are counted by what came of them. */
record CountedRouter(CommandRouter<Message> router, Counter routed) implements CommandRouter<Message> {

    static final String DONE = "done";
    static final String FAILED = "failed";
    static final String REFUSED = "refused";

    /** Counted from nothing, so that each series is there from the start. */
    static CountedRouter of(CommandRouter<Message> router, Counter routed) {
        for (var result : new String[] {DONE, FAILED, REFUSED}) {
            routed.initLabelValues(router.filter().value(), result);
        }
        return new CountedRouter(router, routed);
    }

    private void count(String result) {
        routed.labelValues(filter().value(), result).inc();
    }

    @Override
    public TopicFilter filter() {
        return router.filter();
    }

    @Override
    public boolean selects(Message message, Message value) {
        return router.selects(message, value);
    }

    @Override
    public int concurrency() {
        return router.concurrency();
    }

    @Override
    public int waiting() {
        return router.waiting();
    }

    @Override
    public CompletionStage<Void> route(Message message, Message value) {
        CompletionStage<Void> routing;
        try {
            routing = router.route(message, value);
        } catch (RuntimeException e) {
            count(FAILED);
            throw e;
        }
        return routing.whenComplete((_, problem) -> count(problem == null ? DONE : FAILED));
    }

    @Override
    public void refused(Message message) {
        count(REFUSED);
        router.refused(message);
    }
}
