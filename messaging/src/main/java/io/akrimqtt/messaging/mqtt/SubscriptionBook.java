package io.akrimqtt.messaging.mqtt;

import com.hivemq.client.mqtt.mqtt5.message.subscribe.suback.Mqtt5SubAckReasonCode;
import io.akrimqtt.messaging.client.SubscribeOptions;
import io.akrimqtt.messaging.message.QualityOfService;
import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.messaging.topic.TopicTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who listens to what, and what the server says to it. Confined to the owner's thread; {@link #tree} is read by the deliveries'. */
final class SubscriptionBook {

    /** Filters that a request to subscribe may have; some servers take no more. */
    private static final int BATCH = 8;

    private final Map<TopicFilter, List<OwnSubscription>> listeners = new LinkedHashMap<>();
    private final Set<TopicFilter> leftOver = new LinkedHashSet<>();
    private final TopicTree<OwnSubscription> tree = new TopicTree<>();

    TopicTree<OwnSubscription> tree() {
        return tree;
    }

    void add(OwnSubscription subscription) {
        var filter = subscription.options().filter();
        tree.add(filter, subscription);
        leftOver.remove(filter);
        listeners.computeIfAbsent(filter, _ -> new ArrayList<>()).add(subscription);
    }

    /** Takes a listener away; says whether nobody listens to its filter any more. */
    boolean remove(OwnSubscription subscription) {
        var filter = subscription.options().filter();
        tree.remove(filter, subscription);
        var others = listeners.get(filter);
        if (others == null || !others.remove(subscription) || !others.isEmpty()) {
            return false;
        }
        listeners.remove(filter);
        leftOver.add(filter);
        return true;
    }

    /** Filters that nobody needs but the session on the server may still have; each is told once. */
    List<TopicFilter> takeLeftOver() {
        var filters = List.copyOf(leftOver);
        leftOver.clear();
        return filters;
    }

    /** What is to be asked for, in packets of a size that all servers take. */
    List<List<SubscribeOptions>> packets() {
        var all = listeners.keySet().stream().map(this::asked).toList();
        var packets = new ArrayList<List<SubscribeOptions>>();
        for (int i = 0; i < all.size(); i += BATCH) {
            packets.add(all.subList(i, Math.min(all.size(), i + BATCH)));
        }
        return packets;
    }

    /** The stricter of what the filter's listeners ask for. */
    SubscribeOptions asked(TopicFilter filter) {
        var each = listeners.getOrDefault(filter, List.of());
        var qos = QualityOfService.AT_MOST_ONCE;
        boolean retained = false;
        boolean asPublished = false;
        for (var subscription : each) {
            var options = subscription.options();
            qos = options.qos().code() > qos.code() ? options.qos() : qos;
            retained |= options.retained();
            asPublished |= options.retainAsPublished();
        }
        return new SubscribeOptions(filter, qos, retained, asPublished, false);
    }

    /** The server has answered. */
    void answered(SubscribeOptions asked, Mqtt5SubAckReasonCode code) {
        for (var subscription : listeners.getOrDefault(asked.filter(), List.of())) {
            var what = "subscription '" + asked.filter() + "'";
            if (code.isError()) {
                subscription.refuse(what + ": the MQTT server refused it: " + Losses.words(code));
                continue;
            }
            int wanted = subscription.options().qos().code();
            subscription.grant(
                    code.getCode() < wanted
                            ? what + ": the MQTT server grants quality of service " + code.getCode() + " in place of "
                                    + wanted
                            : null);
        }
    }

    /** Ends all of them. */
    void close() {
        listeners.values().stream().flatMap(List::stream).toList().forEach(OwnSubscription::close);
    }
}
