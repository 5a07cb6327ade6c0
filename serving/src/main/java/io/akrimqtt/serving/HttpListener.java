package io.akrimqtt.serving;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.akrimqtt.serving.Readiness.Condition;
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

/**
 * Serves {@code /livez}, {@code /readyz} with reasons, and {@code /metrics} for Prometheus. Thread-safe.
 *
 * <p>{@code /readyz?verbose} names each condition, in the form of Kubernetes' own: {@code [+]name ok} or {@code [-]name reason}.
 */
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
     * @param readiness asked with each call of {@code /readyz}
     * @param problems what else is wrong and makes it no less ready, told with the readiness, one sentence each
     * @return empty for {@code off}
     * @throws IOException where the address cannot be had; the message names it
     */
    public static @Nullable HttpListener start(
            ListenAddress address, PrometheusRegistry metrics, Readiness readiness, Supplier<List<String>> problems)
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
        server.createContext("/readyz", exchange -> tell(exchange, readiness.conditions(), problems.get()));
        server.createContext("/metrics", new MetricsHandler(metrics));
        server.start();
        return new HttpListener(server, executor);
    }

    private static void tell(HttpExchange exchange, List<Condition> conditions, List<String> problems)
            throws IOException {
        boolean ready = conditions.stream().allMatch(Condition::met);
        boolean verbose = "verbose".equals(exchange.getRequestURI().getQuery());
        var lines = new ArrayList<String>();
        conditions.forEach(each -> {
            if (verbose && each.met()) {
                lines.add("[+]" + each.name() + " ok");
            }
            each.reasons().forEach(reason -> lines.add(verbose ? "[-]" + each.name() + " " + reason : reason));
        });
        if (ready) {
            lines.add("ok");
        }
        lines.addAll(problems);
        answer(exchange, ready ? 200 : 503, String.join("\n", lines) + "\n");
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
