package io.akrimqtt.messaging.trace;

import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.message.UserProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One place in a trace. Made of what others sent only where that follows the rules.
 *
 * @param traceId 32 hexadecimal digits in lower case, not all 0
 * @param parentId 16 hexadecimal digits in lower case, not all 0: the span that comes before
 * @param flags 0 to 255; the lowest bit says that the trace is recorded
 * @param state {@code tracestate}: what tracing systems add for themselves, at most 512 characters; empty for none
 * @see <a href="https://www.w3.org/TR/trace-context/">W3C Trace Context</a>
 */
public record TraceContext(String traceId, String parentId, int flags, String state) {

    /** The name that it travels by. */
    public static final String PARENT = "traceparent";

    /** The name that the rest travels by. */
    public static final String STATE = "tracestate";

    /** Versions to come may be longer than this one's 55 characters; nobody needs more than this. */
    private static final int LONGEST = 256;

    private static final Pattern TRACE_ID = Pattern.compile("(?!0{32})[0-9a-f]{32}");
    private static final Pattern PARENT_ID = Pattern.compile("(?!0{16})[0-9a-f]{16}");
    private static final Pattern TRACEPARENT =
            Pattern.compile("(?!ff)([0-9a-f]{2})-((?!0{32})[0-9a-f]{32})-((?!0{16})[0-9a-f]{16})-([0-9a-f]{2})(-.*)?");

    /** What version 00 knows of flags: recorded, and (level 2) a random trace id. */
    private static final int KNOWN_FLAGS = 0x03;

    /** @throws IllegalArgumentException where it breaks a rule */
    public TraceContext {
        if (!TRACE_ID.matcher(traceId).matches() || !PARENT_ID.matcher(parentId).matches() || (flags & ~0xff) != 0) {
            throw new IllegalArgumentException("trace context: '" + traceId + "', '" + parentId + "', " + flags
                    + " (expected: 32 and 16 hexadecimal digits, not all 0, and 0 to 255)");
        }
    }

    /** Of the two values as they came; empty where the first is not there, or breaks a rule. A bad second one is left out. */
    public static Optional<TraceContext> of(String traceparent, String tracestate) {
        if (traceparent.length() > LONGEST) {
            return Optional.empty();
        }
        var found = TRACEPARENT.matcher(traceparent);
        if (!found.matches()) {
            return Optional.empty();
        }
        boolean current = found.group(1).equals("00");
        if (current && found.group(5) != null) {
            return Optional.empty();
        }
        int flags = Integer.parseInt(found.group(4), 16) & KNOWN_FLAGS;
        return Optional.of(new TraceContext(found.group(2), found.group(3), flags, TraceState.sound(tracestate)));
    }

    /** Of what travels beside a message. */
    public static Optional<TraceContext> of(Message message) {
        return of(message.userProperties());
    }

    /** Of user properties: one {@code traceparent}, and any number of {@code tracestate}, which belong together. */
    public static Optional<TraceContext> of(List<UserProperty> properties) {
        String parent = null;
        var states = new ArrayList<String>(1);
        for (var property : properties) {
            if (property.name().equals(PARENT)) {
                if (parent != null) {
                    return Optional.empty();
                }
                parent = property.value();
            } else if (property.name().equals(STATE)) {
                states.add(property.value());
            }
        }
        return parent == null ? Optional.empty() : of(parent, String.join(",", states));
    }

    /** The same properties, with a trace context only where it follows the rules; the very list where there is none. */
    public static List<UserProperty> sound(List<UserProperty> properties) {
        if (properties.stream().noneMatch(TraceContext::names)) {
            return properties;
        }
        var sound = new ArrayList<>(properties);
        sound.removeIf(TraceContext::names);
        of(properties).ifPresent(context -> sound.addAll(context.properties()));
        return sound;
    }

    private static boolean names(UserProperty property) {
        return property.name().equals(PARENT) || property.name().equals(STATE);
    }

    /** As it is sent, always in version 00. */
    public String traceparent() {
        return "00-" + traceId + "-" + parentId + "-" + (flags < 16 ? "0" : "") + Integer.toHexString(flags);
    }

    /** Whether whoever began the trace records it. */
    public boolean recorded() {
        return (flags & 1) != 0;
    }

    /** As it travels beside a message. */
    public List<UserProperty> properties() {
        var parent = new UserProperty(PARENT, traceparent());
        return state.isEmpty() ? List.of(parent) : List.of(parent, new UserProperty(STATE, state));
    }
}
