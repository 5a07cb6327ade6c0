package io.akrimqtt.dispatcher.routes;

import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.messaging.topic.TopicName;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where messages of a filter go.
 *
 * @param selector which of them
 * @param response where the answer goes for messages without a response topic, or null for nowhere
 * @param concurrency how many at a time, 1 to 1,000
 * @param waiting how many may wait, 1 to 100,000; more are refused with 429
 * @param observer sees what matches beside the router that takes it
 */
public record Route(
        TopicFilter filter,
        Selector selector,
        Target target,
        @Nullable TopicName response,
        int concurrency,
        int waiting,
        boolean observer) {

    /** Where a message is taken. */
    public sealed interface Target {

        /**
         * An HTTP address.
         *
         * @param largest how large its answer may be, in bytes
         */
        record Http(URI address, String method, Duration timeout, int largest, Map<String, String> headers)
                implements Target {
            public Http {
                headers = Map.copyOf(headers);
            }

            /** Without headers, which may be secret. */
            @Override
            public String toString() {
                return method + " " + address.getScheme() + "://" + address.getHost();
            }
        }

        /** Another topic of the same server; the message goes there as it is. */
        record Topic(TopicName topic) implements Target {}
    }
}
