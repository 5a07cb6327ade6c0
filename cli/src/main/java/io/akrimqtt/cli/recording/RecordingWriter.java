package io.akrimqtt.cli.recording;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;

/** Writes a recording, up to a size. Confined to one thread. */
public final class RecordingWriter implements AutoCloseable {

    /** Left free for the last line, in bytes. */
    private static final int RESERVE = 1024;

    /** The longest reason that is written, in characters. */
    private static final int MAX_REASON = 200;

    private final OutputStream out;
    private final long maxBytes;
    private long bytes;
    private Instant last;

    private RecordingWriter(OutputStream out, long maxBytes, Instant begin) {
        this.out = out;
        this.maxBytes = maxBytes;
        this.last = begin;
    }

    /**
     * Makes the file, for its owner's eyes only: payloads may be secret.
     *
     * @param maxBytes the file's largest size
     * @throws java.nio.file.FileAlreadyExistsException where there is one already
     */
    public static RecordingWriter create(Path file, long maxBytes, RecordingHeader header) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(file);
        }
        var out = new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.WRITE));
        var writer = new RecordingWriter(out, maxBytes, header.time());
        writer.line(Lines.of(header).getBytes(StandardCharsets.UTF_8));
        return writer;
    }

    /**
     * Writes a line. Its time is put off to that of the line above where it is earlier: connections are read side by side.
     *
     * @return false where there is no more room; nothing was written then
     */
    public boolean write(Recorded recorded) throws IOException {
        byte[] line = bytes(recorded);
        if (bytes + line.length + 1 + RESERVE > maxBytes) {
            return false;
        }
        line(line);
        return true;
    }

    private byte[] bytes(Recorded recorded) {
        if (recorded.time().isAfter(last)) {
            last = recorded.time();
        }
        return Lines.of(recorded.at(last)).getBytes(StandardCharsets.UTF_8);
    }

    /** Writes the last line, for which there is always room. */
    public void end(Instant time, String reason) throws IOException {
        var text = reason.length() > MAX_REASON ? reason.substring(0, MAX_REASON) : reason;
        line(bytes(new Recorded.Ended(time, text)));
    }

    private void line(byte[] line) throws IOException {
        out.write(line);
        out.write('\n');
        bytes += line.length + 1;
    }

    /** Hands what is written to the system. */
    public void flush() throws IOException {
        out.flush();
    }

    /** How large the file is. */
    public long bytes() {
        return bytes;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
