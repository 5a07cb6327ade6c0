package io.akrimqtt.messaging.testing;

import io.akrimqtt.messaging.client.ServerUrl;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A TCP proxy on loopback, in front of a server, that does harm when told to. Thread-safe. */
public final class FaultProxy implements AutoCloseable {

    /** What happens to bytes and to new connections. */
    private enum Mode {
        PASS,
        REFUSE,
        BLACK_HOLE
    }

    private final ServerUrl target;
    private final ServerSocket listener;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private volatile Mode mode = Mode.PASS;
    private volatile Duration delay = Duration.ZERO;

    private FaultProxy(ServerUrl target) {
        this.target = target;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("fault-proxy").start(this::accept);
    }

    /** Starts one that passes everything. */
    public static FaultProxy before(ServerUrl target) {
        return new FaultProxy(target);
    }

    /** Where clients connect to. */
    public ServerUrl url() {
        return new ServerUrl(target.transport(), "localhost", listener.getLocalPort(), target.path());
    }

    /** How many connections came. */
    public int accepted() {
        return accepted.get();
    }

    /** Ends all connections, without a word of MQTT; new ones pass. */
    public void drop() {
        // A copy: a client that is quick may be back before the last of them has ended.
        List.copyOf(sockets).forEach(FaultProxy::close);
    }

    /** Ends all connections and every new one at once. */
    public void cut() {
        mode = Mode.REFUSE;
        drop();
    }

    /** Swallows all bytes of all connections, so that nobody notices but by time. */
    public void blackHole() {
        mode = Mode.BLACK_HOLE;
    }

    /** Holds each piece back for a while. */
    public void delay(Duration value) {
        delay = value;
    }

    /** Passes everything again; what a black hole has swallowed is lost, so its connections end. */
    public void heal() {
        boolean broken = mode == Mode.BLACK_HOLE;
        mode = Mode.PASS;
        delay = Duration.ZERO;
        if (broken) {
            drop();
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        drop();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                var client = listener.accept();
                accepted.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        sockets.add(client);
        if (mode == Mode.REFUSE) {
            close(client);
            return;
        }
        try {
            var server = new Socket(InetAddress.getLoopbackAddress(), target.port());
            sockets.add(server);
            Thread.ofVirtual().start(() -> pump(client, server));
            pump(server, client);
        } catch (IOException e) {
            close(client);
        }
    }

    private void pump(Socket from, Socket to) {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            var buffer = new byte[16 * 1024];
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                if (!delay.isZero()) {
                    LockSupport.parkNanos(delay.toNanos());
                }
                if (mode == Mode.PASS) {
                    out.write(buffer, 0, length);
                    out.flush();
                }
            }
        } catch (IOException e) {
            // One side has gone, so does the other.
        } finally {
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
