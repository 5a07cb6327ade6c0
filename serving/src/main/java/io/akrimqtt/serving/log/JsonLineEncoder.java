package io.akrimqtt.serving.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * Each event as one JSON object on one line, at most {@link #LONGEST} bytes: {@code time}, {@code level}, {@code logger},
 * {@code thread}, {@code message}, {@code trace_id} and {@code span_id} where they are known, {@code data} with the key-values as
 * texts, {@code error} with {@code type}, {@code message} and {@code stack}. What is too long is cut and ends with an ellipsis. Thread-safe.
 */
public final class JsonLineEncoder extends EncoderBase<ILoggingEvent> {

    /** No line is longer, in bytes of UTF-8, its end included. */
    public static final int LONGEST = 16 * 1_024;

    private static final int MESSAGE = 1_024;
    private static final int DATA = 6_144;
    private static final int STACK = 6_144;
    private static final int SHORT = 256;

    /** Beside the value, for each key-value. */
    private static final int NAME = 72;

    /** Key-values that tracing systems look for beside the message. */
    private static final Set<String> TRACE = Set.of("trace_id", "span_id");

    @Override
    public byte[] headerBytes() {
        return new byte[0];
    }

    @Override
    public byte[] footerBytes() {
        return new byte[0];
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        var line = new JsonLine().open();
        line.put("time", Instant.ofEpochMilli(event.getTimeStamp()).toString(), SHORT);
        line.put("level", event.getLevel().toString(), SHORT);
        line.put("logger", event.getLoggerName(), SHORT);
        line.put("thread", event.getThreadName(), SHORT);
        line.put("message", event.getFormattedMessage(), MESSAGE);
        @Nullable List<KeyValuePair> pairs = event.getKeyValuePairs();
        if (pairs != null) {
            pairs.stream()
                    .filter(pair -> TRACE.contains(pair.key))
                    .forEach(pair -> line.put(pair.key, String.valueOf(pair.value), SHORT));
            data(pairs.stream().filter(pair -> !TRACE.contains(pair.key)).toList(), line);
        }
        @Nullable IThrowableProxy error = event.getThrowableProxy();
        if (error != null) {
            line.open("error");
            line.put("type", error.getClassName(), SHORT);
            line.put("message", String.valueOf(error.getMessage()), MESSAGE);
            line.put("stack", StackText.of(error), STACK);
            line.close();
        }
        return (line.close() + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** A key that comes again is numbered, what finds no room is counted. */
    private static void data(List<KeyValuePair> pairs, JsonLine line) {
        if (pairs.isEmpty()) {
            return;
        }
        line.open("data");
        var seen = new HashSet<String>();
        int left = DATA;
        int omitted = 0;
        for (var pair : pairs) {
            left -= NAME;
            if (left <= 0) {
                omitted++;
                continue;
            }
            var name = seen.add(pair.key) ? pair.key : pair.key + "_" + seen.size();
            left -= line.put(name, String.valueOf(pair.value), left);
            seen.add(name);
        }
        if (omitted > 0) {
            line.put("omitted", Integer.toString(omitted), SHORT);
        }
        line.close();
    }
}
