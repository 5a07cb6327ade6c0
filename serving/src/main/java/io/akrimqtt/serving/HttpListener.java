package io.akrimqtt.serving;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.prometheus.metrics.exporter.httpserver.MetricsHandler;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Serves {@code /livez}, {@code /readyz} with reasons, and {@code /metrics} for Prometheus. Thread-safe. */
public final class HttpListener implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService executor;

    private HttpListener(HttpServer server, ExecutorService executor) {
        this.server = server;
        this.executor = executor;
    }

    /**
     * Listens at once.
     *
     * @param notReady why the program is not ready, one sentence each; none for ready
     * @param problems what else is wrong and makes it no less ready, told with the readiness, one sentence each
     * @return empty for {@code off}
     * @throws IOException where the address cannot be had; the message names it
     */
    public static @Nullable HttpListener start(
            ListenAddress address,
            PrometheusRegistry metrics,
            Supplier<List<String>> notReady,
            Supplier<List<String>> problems)
            throws IOException {
        if (!(address instanceof ListenAddress.Tcp(var host, var port))) {
            return null;
        }
        HttpServer server;
        try {
            server = HttpServer.create(new InetSocketAddress(host, port), 16);
        } catch (IOException e) {
            throw new IOException("cannot serve HTTP at " + address + ": " + e.getMessage(), e);
        }
        var executor = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("http-", 0).factory());
        server.setExecutor(executor);
        server.createContext("/livez", exchange -> answer(exchange, 200, "ok\n"));
        server.createContext("/readyz", exchange -> {
            var reasons = new ArrayList<>(notReady.get());
            boolean ready = reasons.isEmpty();
            if (ready) {
                reasons.add("ok");
            }
            reasons.addAll(problems.get());
            answer(exchange, ready ? 200 : 503, String.join("\n", reasons) + "\n");
        });
        server.createContext("/metrics", new MetricsHandler(metrics));
        server.start();
        return new HttpListener(server, executor);
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        try (exchange) {
            var body = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /** The port, chosen by the system where 0 was asked for. */
    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }
}
