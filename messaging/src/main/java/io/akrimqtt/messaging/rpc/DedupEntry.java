package io.akrimqtt.messaging.rpc;

import io.akrimqtt.messaging.message.UserProperty;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is remembered of one request. Confined to the thread of its cache. */
final class DedupEntry {

    private static final int FORMAT = 1;

    private final List<String> keys;
    private final Instant until;
    private final byte[] digest;
    private @Nullable Work work;
    private @Nullable Response response;

    /** @param keys one or two: by its correlation, by the caller's own key */
    DedupEntry(List<String> keys, Instant until, byte[] digest) {
        this.keys = List.copyOf(keys);
        this.until = until;
        this.digest = digest;
    }

    /** The same for what was asked in the same words. */
    static byte[] digest(Payload payload) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(payload.contentType().orElse("").getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            return digest.digest(payload.bytes());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    List<String> keys() {
        return keys;
    }

    Instant until() {
        return until;
    }

    boolean sameBody(byte[] other) {
        return MessageDigest.isEqual(digest, other);
    }

    Optional<Work> work() {
        return Optional.ofNullable(work);
    }

    void begin(Work value) {
        work = value;
    }

    Optional<Response> response() {
        return Optional.ofNullable(response);
    }

    void end(Response value) {
        work = null;
        response = value;
    }

    /** How much of memory its answer takes, about. */
    int size() {
        return response == null ? 0 : response.payload().size();
    }

    byte[] bytes() {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            out.writeLong(until.toEpochMilli());
            write(out, digest);
            out.writeInt(keys.size());
            for (var key : keys) {
                write(out, key);
            }
            var answer = response;
            out.writeBoolean(answer != null);
            if (answer != null) {
                write(out, answer);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** @throws IOException where the bytes are no entry */
    static DedupEntry read(byte[] bytes) throws IOException {
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int format = in.readByte();
            if (format != FORMAT) {
                throw new IOException("format: " + format + " (expected: " + FORMAT + ")");
            }
            var until = Instant.ofEpochMilli(in.readLong());
            var digest = readBytes(in);
            var keys = new ArrayList<String>();
            for (int i = in.readInt(); i > 0; i--) {
                keys.add(readText(in));
            }
            var entry = new DedupEntry(keys, until, digest);
            if (in.readBoolean()) {
                entry.end(readResponse(in));
            }
            return entry;
        }
    }

    private static void write(DataOutputStream out, Response answer) throws IOException {
        out.writeInt(answer.status());
        write(out, answer.payload().bytes());
        var type = answer.payload().contentType();
        out.writeBoolean(type.isPresent());
        write(out, type.orElse(""));
        write(out, answer.text());
        out.writeInt(answer.headers().size());
        for (var header : answer.headers()) {
            write(out, header.name());
            write(out, header.value());
        }
    }

    private static Response readResponse(DataInputStream in) throws IOException {
        int status = in.readInt();
        var payload = readBytes(in);
        boolean typed = in.readBoolean();
        var type = readText(in);
        var text = readText(in);
        var headers = new ArrayList<UserProperty>();
        for (int i = in.readInt(); i > 0; i--) {
            headers.add(new UserProperty(readText(in), readText(in)));
        }
        return new Response(status, Payload.of(payload, typed ? type : null), text, headers);
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        write(out, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void write(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String readText(DataInputStream in) throws IOException {
        return new String(readBytes(in), StandardCharsets.UTF_8);
    }

    private static byte[] readBytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new IOException("length: " + length + " (expected: at most " + in.available() + ")");
        }
        return in.readNBytes(length);
    }
}
