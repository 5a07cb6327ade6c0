package io.akrimqtt.presence.convention;

import io.akrimqtt.presence.state.Said;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which words mean what, whatever their case. Immutable. */
final class Words {

    /** Longer than any word; what is longer is not looked up. */
    static final int MAX_LENGTH = 256;

    private static final List<String> ONLINE =
            List.of("online", "up", "1", "2", "true", "connected", "alive", "available", "ready", "running", "yes");
    private static final List<String> OFFLINE = List.of(
            "offline",
            "down",
            "0",
            "false",
            "disconnected",
            "dead",
            "unavailable",
            "lost",
            "stopped",
            "no",
            "connection lost");
    private static final List<String> SLEEPING = List.of("sleeping", "sleep", "asleep", "hibernating");

    /** On other topics than these, {@code on} and {@code off} are what a relay says. */
    private static final Set<String> SWITCHED = Set.of("online", "connected", "LWT");

    private final Map<String, Said> words;

    private Words(Map<String, Said> words) {
        this.words = words;
    }

    /**
     * The words of a status topic: those that are configured; for a state without any, those of the plain status idiom that
     * are not configured for another.
     *
     * @param lastLevel of the topic
     */
    static Words of(StatusTopic topic, String lastLevel) {
        var words = new HashMap<String, Said>();
        put(words, topic.online(), Said.ONLINE);
        put(words, topic.offline(), Said.OFFLINE);
        put(words, topic.sleeping(), Said.SLEEPING);
        boolean switched = SWITCHED.contains(lastLevel);
        if (topic.online().isEmpty()) {
            put(words, ONLINE, Said.ONLINE);
            put(words, switched ? List.of("on") : List.of(), Said.ONLINE);
        }
        if (topic.offline().isEmpty()) {
            put(words, OFFLINE, Said.OFFLINE);
            put(words, switched ? List.of("off") : List.of(), Said.OFFLINE);
        }
        if (topic.sleeping().isEmpty()) {
            put(words, SLEEPING, Said.SLEEPING);
        }
        return new Words(words);
    }

    private static void put(Map<String, Said> words, List<String> more, Said said) {
        more.forEach(word -> words.putIfAbsent(PlainText.trim(word).toLowerCase(Locale.ROOT), said));
    }

    /** What a word means, if anything. */
    Optional<Said> meaning(String word) {
        return word.length() > MAX_LENGTH
                ? Optional.empty()
                : Optional.ofNullable(words.get(word.toLowerCase(Locale.ROOT)));
    }
}
