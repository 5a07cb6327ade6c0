package io.akrimqtt.messaging.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports on loopback for the servers of tests. Nobody else gets one that was given out, however late its server starts, and while it
 * is stopped: they are not of those that systems give to clients and to whoever asks for any port, and other JVMs that run tests
 * are kept from them by locks.
 */
public final class FreePort {

    /** Systems give out those from 32,768 on, Kubernetes those from 30,000 on. */
    private static final int FIRST = 20_000;

    private static final int COUNT = 10_000;
    private static final int TRIES = 1_000;

    /** The byte of each port that was given out is locked for as long as its JVM lives. */
    private static final FileChannel TAKEN = taken();

    private FreePort() {}

    private static FileChannel taken() {
        var name = "akri-mqtt-test-ports-" + System.getProperty("user.name");
        try {
            return FileChannel.open(
                    Path.of(System.getProperty("java.io.tmpdir"), name),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A port that nothing listens at, and that is not given out again. */
    public static int find() {
        for (int tries = 0; tries < TRIES; tries++) {
            int port = FIRST + ThreadLocalRandom.current().nextInt(COUNT);
            if (take(port) && free(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no free port from " + FIRST + " to " + (FIRST + COUNT - 1));
    }

    private static boolean take(int port) {
        try {
            return TAKEN.tryLock(port, 1, false) != null;
        } catch (OverlappingFileLockException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean free(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (BindException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether something listens there. */
    static boolean answers(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
