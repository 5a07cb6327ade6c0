package io.akrimqtt.cli.cluster.rest;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.akrimqtt.cli.cluster.ObjectStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Serves a store as Kubernetes' API server would, on 127.0.0.1 and nowhere else. Thread-safe. It speaks TLS with a certificate made
 * at its start, because kubectl sends its token over TLS only.
 *
 * <p>Everyone needs a token; tokens are made anew at each start and are never written but into the files asked for. At most
 * {@value Calls#MOST} calls are served at once, watches included; further ones are answered 429. Bodies have at most 3 MiB.
 */
public final class ApiServer implements AutoCloseable {

    private static final int BACKLOG = 128;

    private final HttpServer http;
    private final ExecutorService threads;
    private final Tokens tokens;
    private final Calls calls;
    private final ServerCertificate certificate;

    private ApiServer(
            HttpServer http, ExecutorService threads, Tokens tokens, Calls calls, ServerCertificate certificate) {
        this.http = http;
        this.threads = threads;
        this.tokens = tokens;
        this.calls = calls;
        this.certificate = certificate;
    }

    /** Serves on a free port. */
    public static ApiServer start(ObjectStore store, InstantSource clock) throws IOException {
        return start(store, clock, 0);
    }

    /**
     * Serves on a port.
     *
     * @param port 0 for a free one
     */
    public static ApiServer start(ObjectStore store, InstantSource clock, int port) throws IOException {
        var loopback = InetAddress.getByAddress("localhost", new byte[] {127, 0, 0, 1});
        var random = new SecureRandom();
        var certificate = ServerCertificate.make(random);
        var http = HttpsServer.create(new InetSocketAddress(loopback, port), BACKLOG);
        http.setHttpsConfigurator(new HttpsConfigurator(certificate.context()));
        var threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("cluster-api-", 0).factory());
        var tokens = new Tokens(random);
        var calls = new Calls(tokens, new ObjectCalls(store, clock));
        http.setExecutor(threads);
        http.createContext("/", calls);
        http.start();
        return new ApiServer(http, threads, tokens, calls, certificate);
    }

    /** Where it is served. */
    public URI url() {
        return URI.create("https://127.0.0.1:" + http.getAddress().getPort());
    }

    /** A new token for somebody, good until the end. */
    public String token(Identity identity) {
        return tokens.issue(identity);
    }

    /** The certificate that clients must trust, as PEM. */
    public String certificatePem() {
        return certificate.pem();
    }

    /**
     * Writes a kubeconfig with a token for somebody; only the owner of the process can read it, and what was there is replaced in one
     * step.
     */
    public void writeKubeconfig(Path file, Identity identity) throws IOException {
        new Kubeconfig(url(), certificate.pem(), tokens.issue(identity)).write(file);
    }

    /** Ends all calls, watches too. */
    @Override
    public void close() {
        calls.close();
        http.stop(0);
        threads.shutdownNow();
    }
}
