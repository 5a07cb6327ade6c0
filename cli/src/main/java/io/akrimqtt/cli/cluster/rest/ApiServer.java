package io.akrimqtt.cli.cluster.rest;

import com.sun.net.httpserver.HttpServer;
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
 * Serves a store as Kubernetes' API server would, with plain HTTP on a free port of 127.0.0.1 and nowhere else. Thread-safe.
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

    private ApiServer(HttpServer http, ExecutorService threads, Tokens tokens, Calls calls) {
        this.http = http;
        this.threads = threads;
        this.tokens = tokens;
        this.calls = calls;
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
        var http = HttpServer.create(new InetSocketAddress(loopback, port), BACKLOG);
        var threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("cluster-api-", 0).factory());
        var tokens = new Tokens(new SecureRandom());
        var calls = new Calls(tokens, new ObjectCalls(store, clock));
        http.setExecutor(threads);
        http.createContext("/", calls);
        http.start();
        return new ApiServer(http, threads, tokens, calls);
    }

    /** Where it is served. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    /** A new token for somebody, good until the end. */
    public String token(Identity identity) {
        return tokens.issue(identity);
    }

    /**
     * Writes a kubeconfig with a token for somebody; only the owner of the process can read it, and what was there is replaced in one
     * step.
     */
    public void writeKubeconfig(Path file, Identity identity) throws IOException {
        new Kubeconfig(url(), tokens.issue(identity)).write(file);
    }

    /** Ends all calls, watches too. */
    @Override
    public void close() {
        calls.close();
        http.stop(0);
        threads.shutdownNow();
    }
}
