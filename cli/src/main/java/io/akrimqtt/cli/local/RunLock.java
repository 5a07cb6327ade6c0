package io.akrimqtt.cli.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** Holds a run's directory: one run at a time, of the user that the directory belongs to. The system frees it in any case. */
final class RunLock implements AutoCloseable {

    /** What the longest socket's path adds to the directory's. */
    private static final int LONGEST_SOCKET = 40;

    private static final int MAX_PATH = 107 - LONGEST_SOCKET;

    private final FileChannel channel;

    private RunLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Makes the directory where there is none, and takes it. */
    static RunLock take(Path directory) throws LocalRunException {
        if (directory.toString().getBytes(StandardCharsets.UTF_8).length > MAX_PATH) {
            throw new LocalRunException("the directory's path is too long for sockets: " + directory
                    + " (expected: at most " + MAX_PATH + " bytes; choose a shorter one with --dir)");
        }
        try {
            if (!Files.exists(directory)) {
                Files.createDirectories(
                        directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            return lock(directory);
        } catch (IOException e) {
            throw new LocalRunException(
                    "the directory " + directory + " cannot be used: " + e + " (choose another with" + " --dir)", e);
        }
    }

    private static RunLock lock(Path directory) throws IOException, LocalRunException {
        var me = directory
                .getFileSystem()
                .getUserPrincipalLookupService()
                .lookupPrincipalByName(System.getProperty("user.name"));
        if (!Files.getOwner(directory).equals(me)) {
            throw new LocalRunException(
                    "the directory " + directory + " belongs to another user (choose another with" + " --dir)");
        }
        var channel = FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        @Nullable FileLock lock = tryLock(channel);
        if (lock == null) {
            channel.close();
            throw new LocalRunException("another 'akri-mqtt local' runs in " + directory
                    + " (stop it, or choose another directory with --dir and another port with --mqtt-port)");
        }
        return new RunLock(channel);
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException _) {
            return null;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException _) {
            // The lock goes with the process.
        }
    }
}
