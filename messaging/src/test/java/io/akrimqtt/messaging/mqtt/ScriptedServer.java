package io.akrimqtt.messaging.mqtt;

import io.akrimqtt.messaging.client.ServerUrl;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that answers each packet as a test says, to do what real ones do not. */
final class ScriptedServer implements AutoCloseable {

    /** Answers a packet. */
    @FunctionalInterface
    interface Script {
        /**
         * Answers.
         *
         * @param connection 1 for the first
         * @param type the packet's type, 1 for CONNECT
         * @param body what stands behind the fixed header
         * @return what is sent back, or nothing at all to close the connection
         */
        List<byte[]> answer(int connection, int type, byte[] body);
    }

    /** Closes the connection. */
    static final List<byte[]> CLOSE = List.of();

    private static final int DISCONNECT = 14;
    private static final byte[] NOTHING = {};

    final List<byte[]> connects = new CopyOnWriteArrayList<>();
    private final ServerSocket listener;
    private final Script script;

    ScriptedServer(Script script) {
        this.script = script;
        try {
            listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /** Sends nothing, keeps the connection. */
    static List<byte[]> silence() {
        return List.of(NOTHING);
    }

    static List<byte[]> send(int... bytes) {
        var packet = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            packet[i] = (byte) bytes[i];
        }
        return List.of(packet);
    }

    ServerUrl url() {
        return ServerUrl.parse("tcp://localhost:" + listener.getLocalPort());
    }

    private void accept() {
        try {
            while (true) {
                var socket = listener.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void serve(Socket socket) {
        try (socket;
                var in = new DataInputStream(socket.getInputStream());
                OutputStream out = socket.getOutputStream()) {
            while (true) {
                int type = in.readUnsignedByte() >> 4;
                var body = in.readNBytes(length(in));
                if (type == DISCONNECT) {
                    return;
                }
                if (type == 1) {
                    connects.add(body);
                }
                var answers = script.answer(connects.size(), type, body);
                if (answers.isEmpty()) {
                    return;
                }
                for (var answer : answers) {
                    out.write(answer);
                }
                out.flush();
            }
        } catch (IOException e) {
            // The client went.
        }
    }

    private static int length(DataInputStream in) throws IOException {
        int length = 0;
        for (int shift = 0; ; shift += 7) {
            int next = in.readUnsignedByte();
            length |= (next & 0x7f) << shift;
            if (next < 0x80) {
                return length;
            }
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
