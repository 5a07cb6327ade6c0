package io.akrimqtt.handler.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** A file that one process at a time can have; the system takes it from one that dies. Confined to one owner. */
final class LockFile {

    private final Path file;
    private @Nullable FileChannel held;

    LockFile(Path file) {
        this.file = file;
    }

    /**
     * Takes it; whether we have it now.
     *
     * @throws IOException where it cannot be locked by anybody here
     */
    boolean take() throws IOException {
        if (held != null) {
            return true;
        }
        var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                held = channel;
                return true;
            }
        } catch (OverlappingFileLockException _) {
            // Somebody else in this process has it, as in tests.
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        return false;
    }

    /** Lets go. Idempotent. */
    void release() {
        try (var _ = held) {
            held = null;
        } catch (IOException _) {
            // The system takes it when we end.
        }
    }
}
