package io.akrimqtt.cli.cluster.rest;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.akrimqtt.cli.cluster.ApiException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Each call's frame: bounded, with a known caller, to something that is served, and never without an answer. Thread-safe. */
final class Calls implements HttpHandler {

    /** Calls at once. */
    static final int MOST = 256;

    private static final Logger LOG = LoggerFactory.getLogger(Calls.class);

    private final Tokens tokens;
    private final ObjectCalls objects;
    private final Semaphore places = new Semaphore(MOST);

    Calls(Tokens tokens, ObjectCalls objects) {
        this.tokens = tokens;
        this.objects = objects;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (places.tryAcquire()) {
                try {
                    answer(exchange, this::serve);
                } finally {
                    places.release();
                }
            } else {
                exchange.getResponseHeaders().set("Retry-After", "1");
                answer(exchange, (_, _) -> {
                    throw new ApiException(429, "TooManyRequests", "more than " + MOST + " calls at once");
                });
            }
        }
    }

    private interface Service {
        void serve(HttpExchange exchange, Answer answer) throws IOException;
    }

    private static void answer(HttpExchange exchange, Service service) throws IOException {
        var answer = new Answer(exchange);
        try {
            service.serve(exchange, answer);
        } catch (ApiException e) {
            answer.refuse(e);
        } catch (RuntimeException e) {
            LOG.atError()
                    .setCause(e)
                    .addKeyValue("method", exchange.getRequestMethod())
                    .log("a call ended in a defect");
            answer.refuse(new ApiException(500, "InternalError", "the local API server has a defect; see its log"));
        }
    }

    private void serve(HttpExchange exchange, Answer answer) throws IOException {
        var identity = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                .flatMap(tokens::of)
                .orElseThrow(() -> new ApiException(401, "Unauthorized", "Unauthorized"));
        if ("websocket".equalsIgnoreCase(exchange.getRequestHeaders().getFirst("Upgrade"))) {
            // Clients then watch by a plain GET (fabric8 does so on 200 and 503).
            answer.empty(503);
            return;
        }
        var path = segments(exchange);
        var call = new Call(
                exchange, answer, identity, Query.of(exchange.getRequestURI().getRawQuery()));
        var document = Discovery.at(path);
        if (document.isPresent() && exchange.getRequestMethod().equals("GET")) {
            answer.send(200, document.get());
            return;
        }
        var target = Target.of(path)
                .orElseThrow(
                        () -> new ApiException(404, "NotFound", "the server could not find the requested resource"));
        objects.serve(call, target);
    }

    private static List<String> segments(HttpExchange exchange) {
        return Arrays.stream(exchange.getRequestURI().getRawPath().split("/", -1))
                .filter(segment -> !segment.isEmpty())
                .map(segment -> Query.decoded(segment.replace("+", "%2B")))
                .toList();
    }

    void close() {
        objects.close();
    }
}
