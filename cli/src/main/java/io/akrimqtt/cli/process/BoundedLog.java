package io.akrimqtt.cli.process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A log file that stays below a size: when full it becomes {@code <name>.1}, in the place of an older one, and begins anew. What
 * cannot be written is lost, since the program that says it must not wait for a disk. Thread-safe.
 */
final class BoundedLog implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BoundedLog.class);

    /** The largest size of one file in bytes. */
    static final int MAX_BYTES = 1024 * 1024;

    private final Path file;
    private final Path older;
    private final int maxBytes;
    private @Nullable OutputStream output;
    private long size;
    private boolean broken;

    BoundedLog(Path file, int maxBytes) {
        this.file = file;
        this.older = file.resolveSibling(file.getFileName() + ".1");
        this.maxBytes = maxBytes;
    }

    synchronized void write(byte[] bytes, int length) {
        try {
            if (output != null && size + length > maxBytes) {
                output.close();
                output = null;
            }
            OutputStream open = output == null ? open(length) : output;
            output = open;
            open.write(bytes, 0, length);
            size += length;
            broken = false;
        } catch (IOException e) {
            complainOnce(e);
        }
    }

    private OutputStream open(int length) throws IOException {
        size = Files.exists(file) ? Files.size(file) : 0;
        if (size > 0 && size + length > maxBytes) {
            Files.move(file, older, StandardCopyOption.REPLACE_EXISTING);
            size = 0;
        }
        return Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private void complainOnce(IOException e) {
        if (!broken) {
            broken = true;
            LOG.atWarn()
                    .addKeyValue("file", file)
                    .addKeyValue("error", e.toString())
                    .log("a program's output cannot be kept");
        }
    }

    @Override
    public synchronized void close() {
        try {
            if (output != null) {
                output.close();
            }
        } catch (IOException e) {
            complainOnce(e);
        }
        output = null;
    }
}
