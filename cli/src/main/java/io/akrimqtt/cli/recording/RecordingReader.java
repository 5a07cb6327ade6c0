package io.akrimqtt.cli.recording;

import io.akrimqtt.messaging.topic.TopicName;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** Reads a recording line by line; trusts nothing in it. Confined to one thread. */
public final class RecordingReader implements AutoCloseable {

    /** The longest line, in bytes: a payload of 64 KiB in base64 and again as text, and a topic, with room to spare. */
    static final int MAX_LINE = 2 * 1024 * 1024;

    private static final int MAX_SERVERS = 16;

    private final String name;
    private final InputStream in;
    private final RecordingHeader header;
    private long line;
    private boolean whole = true;
    private boolean truncated;
    private boolean ended;
    private Instant last;

    private RecordingReader(String name, InputStream in) throws IOException, RecordingException {
        this.name = name;
        this.in = in;
        this.header = readHeader();
        this.last = header.time();
    }

    /** Opens a file and reads its header. */
    public static RecordingReader open(Path file) throws IOException, RecordingException {
        var in = new BufferedInputStream(Files.newInputStream(file));
        try {
            return new RecordingReader(file.toString(), in);
        } catch (IOException | RecordingException e) {
            in.close();
            throw e;
        }
    }

    private RecordingHeader readHeader() throws IOException, RecordingException {
        var text = nextLine();
        if (text.isEmpty() || !whole) {
            throw new RecordingException(name, 1, text.isEmpty() ? "nothing" : "a line without an end", "a recording");
        }
        var json = JsonLine.parse(name, line, text.get());
        if (!json.has("recording") || !json.text("recording").equals(RecordingHeader.MAGIC)) {
            throw json.wrong("no header", "the first line of a recording of akri-mqtt");
        }
        int version = json.number("version", Integer.MAX_VALUE);
        if (version != RecordingHeader.VERSION) {
            throw json.wrong("version " + version, "version " + RecordingHeader.VERSION);
        }
        var servers = json.texts("servers");
        if (servers.isEmpty() || servers.size() > MAX_SERVERS) {
            throw json.wrong(servers.size() + " servers", "1 to " + MAX_SERVERS);
        }
        return new RecordingHeader(json.time(), json.text("configuration"), servers, json.texts("filters"));
    }

    public RecordingHeader header() {
        return header;
    }

    /** The next thing that happened, or empty at the end. */
    public Optional<Recorded> next() throws IOException, RecordingException {
        var text = nextLine();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (ended) {
            throw new RecordingException(name, line, "a line behind the end", "nothing");
        }
        Recorded recorded;
        try {
            recorded = recorded(JsonLine.parse(name, line, text.get()));
        } catch (RecordingException e) {
            if (whole) {
                throw e;
            }
            truncated = true;
            return Optional.empty();
        }
        if (recorded.time().isBefore(last)) {
            throw new RecordingException(
                    name, line, "time " + recorded.time(), "none before that of the line above, " + last);
        }
        last = recorded.time();
        ended = recorded instanceof Recorded.Ended;
        return Optional.of(recorded);
    }

    private Recorded recorded(JsonLine json) throws RecordingException {
        var time = json.time();
        var event = json.text("event");
        return switch (event) {
            case "connected" -> new Recorded.Connected(time, server(json), json.text("protocol"));
            case "disconnected" -> new Recorded.Disconnected(time, server(json), json.text("reason"));
            case "retained" -> new Recorded.Retained(time, server(json), message(json));
            case "retained.read" ->
                new Recorded.RetainedRead(time, server(json), json.truth("complete"), json.text("reason"));
            case "message" ->
                new Recorded.Published(
                        time,
                        server(json),
                        message(json),
                        json.optionalTruth("retain").orElse(null));
            case "ended" -> new Recorded.Ended(time, json.text("reason"));
            default ->
                throw json.wrong(
                        "event " + JsonLine.shown(event),
                        "connected, disconnected, retained, retained.read, message or ended");
        };
    }

    private int server(JsonLine json) throws RecordingException {
        return json.number("server", header.servers().size() - 1);
    }

    private static RecordedMessage message(JsonLine json) throws RecordingException {
        var topic = json.text("topic");
        var problem = TopicName.problem(topic);
        if (problem.isPresent()) {
            throw json.wrong("topic " + JsonLine.shown(topic) + " " + problem.get(), "a topic of MQTT");
        }
        byte[] payload = json.base64("payload");
        if (payload.length > RecordedMessage.MAX_PAYLOAD) {
            throw json.wrong("a payload of " + payload.length + " bytes", "at most " + RecordedMessage.MAX_PAYLOAD);
        }
        int size = json.has("size") ? json.number("size", Integer.MAX_VALUE) : payload.length;
        if (size < payload.length) {
            throw json.wrong("size " + size, "at least the " + payload.length + " bytes of the payload");
        }
        return new RecordedMessage(topic, json.number("qos", 2), payload, size);
    }

    private Optional<String> nextLine() throws IOException, RecordingException {
        var bytes = new ByteArrayOutputStream();
        line++;
        int next = in.read();
        if (next < 0) {
            return Optional.empty();
        }
        while (next >= 0 && next != '\n') {
            if (bytes.size() == MAX_LINE) {
                throw new RecordingException(
                        name, line, "a line of more than " + MAX_LINE + " bytes", "one line for each event");
            }
            bytes.write(next);
            next = in.read();
        }
        whole = next == '\n';
        return Optional.of(text(bytes.toByteArray()));
    }

    private String text(byte[] bytes) throws RecordingException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException _) {
            if (whole) {
                throw new RecordingException(name, line, "bytes that are no UTF-8", "JSON in UTF-8");
            }
            // The file's end may lie inside a character.
            return "";
        }
    }

    /** Whether the last line was cut off: the recorder was killed, or the disk was full. */
    public boolean truncated() {
        return truncated;
    }

    /** The number of the line that was read last, from 1. */
    public long line() {
        return line;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
