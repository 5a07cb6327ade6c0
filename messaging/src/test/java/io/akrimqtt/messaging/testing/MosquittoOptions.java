package io.akrimqtt.messaging.testing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a Mosquitto of a test is told beside its port. Not thread-safe. */
public final class MosquittoOptions {

    final List<String> lines = new ArrayList<>();
    final Map<String, String> passwords = new LinkedHashMap<>();

    @Nullable
    String acl;

    @Nullable
    TestCertificates certificates;

    boolean clientCertificate;
    boolean webSocket;
    int port;

    MosquittoOptions() {}

    /** Adds a line to its configuration file. */
    public MosquittoOptions line(String line) {
        lines.add(line);
        return this;
    }

    /** Lets in only users with passwords, among them this one. */
    public MosquittoOptions user(String name, String password) {
        passwords.put(name, password);
        return this;
    }

    /** Restricts topics, in the form of Mosquitto's {@code acl_file}. */
    public MosquittoOptions acl(String text) {
        acl = text;
        return this;
    }

    /** Listens with TLS; with {@code clientCertificate}, for clients with a certificate of the same authority only. */
    public MosquittoOptions tls(TestCertificates value, boolean clientCertificateRequired) {
        certificates = value;
        clientCertificate = clientCertificateRequired;
        return this;
    }

    /** Listens for WebSockets too. */
    public MosquittoOptions webSocket() {
        webSocket = true;
        return this;
    }

    /** Listens on this port in place of a free one. */
    public MosquittoOptions port(int value) {
        port = value;
        return this;
    }

    /** Starts it and waits until it listens; skips the test where Mosquitto is not installed. */
    public MosquittoServer start() {
        return MosquittoServer.start(this);
    }
}
