package io.akrimqtt.cli.cluster.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import io.akrimqtt.cli.cluster.ApiException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** The one answer to a call. Confined to the call's thread. */
final class Answer {

    private final HttpExchange exchange;
    private boolean begun;

    Answer(HttpExchange exchange) {
        this.exchange = exchange;
    }

    void send(int code, ObjectNode document) throws IOException {
        var bytes = document.toString().getBytes(StandardCharsets.UTF_8);
        begin(code, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    void empty(int code) throws IOException {
        begin(code, -1);
    }

    /** A body without end, to be flushed piece by piece. */
    OutputStream stream() throws IOException {
        begin(200, 0);
        return exchange.getResponseBody();
    }

    private void begin(int code, long length) throws IOException {
        begun = true;
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(code, length);
    }

    /** Answers with a Status object, unless the answer has begun. */
    void refuse(ApiException refusal) throws IOException {
        if (!begun) {
            send(refusal.code(), StatusObject.failure(refusal));
        }
    }
}
