package io.akrimqtt.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Publishes as cheaply as can be, so that what is measured is the receiver: packets of MQTT 3.1.1 written by hand, many at a time,
 * and never more on their way than a window, so that the server has to drop nothing.
 */
final class Load implements AutoCloseable {

    private static final int AT_ONCE = 250;

    private final Socket socket;
    private final int qos;
    private final byte[] chunk;
    private final int packet;
    private final AtomicLong sent = new AtomicLong();
    private final Thread thread;
    private volatile boolean ended;
    private int nextId = 1;

    private Load(Socket socket, List<String> topics, int size, int qos, int window, LongSupplier received)
            throws IOException {
        this.socket = socket;
        this.qos = qos;
        var packets = new ByteArrayOutputStream();
        for (int i = 0; i < AT_ONCE; i++) {
            packets.writeBytes(publish(topics.get(i % topics.size()), size, qos));
        }
        chunk = packets.toByteArray();
        packet = chunk.length / AT_ONCE;
        thread = Thread.ofPlatform().daemon().name("load").unstarted(() -> run(window, received));
    }

    /**
     * Publishes until it is closed.
     *
     * @param topics equally long, taken in turn
     * @param window so many may be on their way
     * @param received how many have arrived
     */
    static Load start(int port, List<String> topics, int size, int qos, int window, LongSupplier received)
            throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        connect(socket);
        var load = new Load(socket, topics, size, qos, window, received);
        Thread.ofPlatform().daemon().name("load-answers").start(load::drain);
        load.thread.start();
        return load;
    }

    long sent() {
        return sent.get();
    }

    private static void connect(Socket socket) throws IOException {
        var id = ("load-" + socket.getLocalPort()).getBytes(StandardCharsets.UTF_8);
        var out = new DataOutputStream(socket.getOutputStream());
        out.writeByte(0x10);
        out.writeByte(10 + 2 + id.length);
        out.writeUTF("MQTT");
        out.writeByte(4);
        out.writeByte(2);
        out.writeShort(0);
        out.writeShort(id.length);
        out.write(id);
        out.flush();
        if (socket.getInputStream().readNBytes(4).length < 4) {
            throw new EOFException("the MQTT server refused the connection");
        }
    }

    private static byte[] publish(String topic, int size, int qos) throws IOException {
        var name = topic.getBytes(StandardCharsets.UTF_8);
        int remaining = 2 + name.length + (qos == 0 ? 0 : 2) + size;
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        out.writeByte(0x30 | (qos << 1));
        // Two bytes of length for all, so that packets are equally long.
        out.writeByte((remaining % 128) | 0x80);
        out.writeByte(remaining / 128);
        out.writeShort(name.length);
        out.write(name);
        if (qos > 0) {
            out.writeShort(0);
        }
        out.write(new byte[size]);
        return bytes.toByteArray();
    }

    private void run(int window, LongSupplier received) {
        try {
            var out = socket.getOutputStream();
            while (!ended) {
                while (!ended && sent.get() + AT_ONCE - received.getAsLong() > window) {
                    LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(50));
                }
                if (qos > 0) {
                    number();
                }
                out.write(chunk);
                sent.addAndGet(AT_ONCE);
            }
        } catch (IOException e) {
            if (!ended) {
                throw new UncheckedIOException("the MQTT server has gone", e);
            }
        }
    }

    /** Gives each packet an id. */
    private void number() {
        for (int i = 0; i < AT_ONCE; i++) {
            int at = i * packet + 3;
            int length = ((chunk[at] & 0xff) << 8) | (chunk[at + 1] & 0xff);
            chunk[at + 2 + length] = (byte) (nextId >> 8);
            chunk[at + 3 + length] = (byte) nextId;
            nextId = nextId == 65_535 ? 1 : nextId + 1;
        }
    }

    private void drain() {
        var buffer = new byte[65_536];
        try (InputStream in = socket.getInputStream()) {
            int read = 0;
            while (read >= 0) {
                read = in.read(buffer);
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    @Override
    public void close() throws IOException {
        ended = true;
        LockSupport.unpark(thread);
        socket.close();
    }
}
