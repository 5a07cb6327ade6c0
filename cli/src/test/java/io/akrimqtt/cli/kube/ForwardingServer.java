package io.akrimqtt.cli.kube;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * As much of an API server as forwards a port and answers fixed texts: each WebSocket of a {@code portforward} becomes a connection to a port of this machine. The
 * first byte of a message is its channel: 0 for data, 1 for errors; the first message of each says the port.
 */
public final class ForwardingServer implements AutoCloseable {

    private static final String KEY = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int BINARY = 0x82;

    private final ServerSocket server;
    private final int target;
    private final int refusal;
    private final Map<String, String> answers;

    /**
     * Listens on loopback.
     *
     * @param target the port that connections go to
     * @param refusal the HTTP status that is answered; 0 to serve
     */
    ForwardingServer(int target, int refusal) throws IOException {
        this(target, refusal, Map.of());
    }

    /**
     * Listens on loopback.
     *
     * @param target the port that connections go to
     * @param answers JSON, by the path that is asked for
     */
    public ForwardingServer(int target, Map<String, String> answers) throws IOException {
        this(target, 0, answers);
    }

    private ForwardingServer(int target, int refusal, Map<String, String> answers) throws IOException {
        this.server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        this.target = target;
        this.refusal = refusal;
        this.answers = Map.copyOf(answers);
        Thread.ofVirtual().start(this::accept);
    }

    public String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                var socket = server.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException _) {
            // It has ended.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            var in = new DataInputStream(socket.getInputStream());
            var path = line(in).split(" ", 3)[1].split("\\?", 2)[0];
            var headers = headers(in);
            var out = socket.getOutputStream();
            if (!path.endsWith("/portforward")) {
                answer(out, answers.get(path));
                return;
            }
            if (refusal != 0) {
                write(out, "HTTP/1.1 " + refusal + " No\r\nContent-Length: 0\r\n\r\n");
                return;
            }
            write(
                    out,
                    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                            + "Sec-WebSocket-Protocol: v4.channel.k8s.io\r\nSec-WebSocket-Accept: "
                            + accepted(headers.getOrDefault("sec-websocket-key", "")) + "\r\n\r\n");
            var port = new byte[] {(byte) target, (byte) (target >> 8)};
            frame(out, 0, port, port.length);
            frame(out, 1, port, port.length);
            try (var pod = new Socket(InetAddress.getLoopbackAddress(), target)) {
                Thread.ofVirtual().start(() -> toClient(pod, out));
                toPod(in, pod.getOutputStream());
            }
        } catch (IOException _) {
            // One of them has gone.
        }
    }

    private static void answer(OutputStream out, @Nullable String json) throws IOException {
        var body = json == null ? "{}" : json;
        write(
                out,
                "HTTP/1.1 " + (json == null ? "404 Not Found" : "200 OK")
                        + "\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
                        + body.length() + "\r\n\r\n" + body);
    }

    private static Map<String, String> headers(DataInputStream in) throws IOException {
        var headers = new HashMap<String, String>();
        for (var line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        return headers;
    }

    private static String line(DataInputStream in) throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException();
            }
            line.append((char) c);
        }
        return line.toString().strip();
    }

    private static String accepted(String key) {
        try {
            var digest = MessageDigest.getInstance("SHA-1").digest((key + KEY).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private static void frame(OutputStream out, int channel, byte[] data, int length) throws IOException {
        synchronized (out) {
            int size = length + 1;
            out.write(BINARY);
            if (size < 126) {
                out.write(size);
            } else {
                out.write(126);
                out.write(size >> 8);
                out.write(size);
            }
            out.write(channel);
            out.write(data, 0, length);
            out.flush();
        }
    }

    private static void toClient(Socket pod, OutputStream out) {
        var buffer = new byte[4096];
        try {
            for (int read = pod.getInputStream().read(buffer);
                    read >= 0;
                    read = pod.getInputStream().read(buffer)) {
                frame(out, 0, buffer, read);
            }
        } catch (IOException _) {
            // One of them has gone.
        }
    }

    private static void toPod(DataInputStream in, OutputStream pod) throws IOException {
        for (byte[] message = message(in); message != null; message = message(in)) {
            if (message.length > 1) {
                pod.write(message, 1, message.length - 1);
                pod.flush();
            }
        }
    }

    /** A client's message, which is masked; null once it closes. */
    private static byte @Nullable [] message(DataInputStream in) throws IOException {
        int first = in.readUnsignedByte();
        int size = in.readUnsignedByte() & 0x7f;
        int length = size == 126 ? in.readUnsignedShort() : size;
        var mask = in.readNBytes(4);
        var data = in.readNBytes(length);
        for (int i = 0; i < data.length; i++) {
            data[i] ^= mask[i % 4];
        }
        int code = first & 0x0f;
        return code == 8 ? null : code <= 2 ? data : new byte[0];
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
