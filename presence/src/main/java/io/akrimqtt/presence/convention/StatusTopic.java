package io.akrimqtt.presence.convention;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where devices state their presence, and in which words.
 *
 * @param topic relative to the device topic ({@code {device}/status}), or an absolute filter with a level {@code {device}}
 * @param online payloads that say online; empty for the words of the plain status idiom
 * @param offline payloads that say offline; empty likewise
 * @param sleeping payloads that say sleeping; empty likewise
 * @param field a JSON pointer (RFC 6901) to the word in the payload, or null for the whole payload and the usual fields
 */
public record StatusTopic(
        String topic,
        List<String> online,
        List<String> offline,
        List<String> sleeping,
        @Nullable String field) {
    public StatusTopic {
        online = List.copyOf(online);
        offline = List.copyOf(offline);
        sleeping = List.copyOf(sleeping);
    }

    /** With the words of the plain status idiom. */
    public static StatusTopic of(String topic) {
        return new StatusTopic(topic, List.of(), List.of(), List.of(), null);
    }

    /** The topics below a device where the plain status idiom is read when nothing is written about it. */
    public static final List<StatusTopic> DEFAULTS = List.of(
            of("{device}/status"),
            of("{device}/availability"),
            of("{device}/online"),
            of("{device}/LWT"),
            of("{device}/connected"),
            of("{device}/presence"),
            of("{device}/connection"));
}
