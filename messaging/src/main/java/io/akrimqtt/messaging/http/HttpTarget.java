package io.akrimqtt.messaging.http;

import io.akrimqtt.messaging.rpc.CommandHandler;
import io.akrimqtt.messaging.rpc.CommandReply;
import io.akrimqtt.messaging.rpc.CommandRequest;
import io.akrimqtt.messaging.rpc.Payload;
import io.akrimqtt.messaging.trace.TraceContext;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP address that does commands. Immutable; a handler for any number of threads.
 *
 * <p>The command's name goes as header {@code Command-Name}, the caller's own key, if any, as {@code Idempotency-Key},
 * {@code traceparent} and {@code tracestate} as themselves where they follow W3C's rules. Of the answer, 200 to 299 and 400 to 599 become the command's status, with
 * body and content type; any other is 502, so is a body above the limit. No connection is 503, no answer in time 504. Redirects
 * are not followed unless the client does.
 */
public final class HttpTarget implements CommandHandler {

    private static final int BAD_GATEWAY = 502;
    private static final List<String> SCHEMES = List.of("http", "https");

    private final HttpClient client;
    private final URI uri;
    private final String method;
    private final Duration timeout;
    private final int largest;
    private final Map<String, String> headers;

    private HttpTarget(
            HttpClient client, URI uri, String method, Duration timeout, int largest, Map<String, String> headers) {
        this.client = client;
        this.uri = uri;
        this.method = method;
        this.timeout = timeout;
        this.largest = largest;
        this.headers = headers;
    }

    /**
     * Posts, waits 10 s at most, takes 1 MiB at most.
     *
     * @throws IllegalArgumentException where the address is no absolute one with {@code http} or {@code https} and a host
     */
    public static HttpTarget of(HttpClient client, URI uri) {
        if (uri.getScheme() == null || !SCHEMES.contains(uri.getScheme()) || uri.getHost() == null) {
            throw new IllegalArgumentException("address: '" + uri + "' (expected: such as http://host:port/path)");
        }
        return new HttpTarget(client, uri, "POST", Duration.ofSeconds(10), 1024 * 1024, Map.of());
    }

    /** @param value such as POST or PUT */
    public HttpTarget withMethod(String value) {
        return checked(new HttpTarget(client, uri, value, timeout, largest, headers));
    }

    /** @param value how long an answer may take; a command's own time counts where it is shorter. Positive */
    public HttpTarget withTimeout(Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException("timeout: " + value + " (expected: positive)");
        }
        return new HttpTarget(client, uri, method, value, largest, headers);
    }

    /** @param value how large an answer's body may be, in bytes */
    public HttpTarget withLargest(int value) {
        return new HttpTarget(client, uri, method, timeout, value, headers);
    }

    /** @throws IllegalArgumentException for what HTTP does not allow */
    public HttpTarget withHeader(String name, String value) {
        var all = new LinkedHashMap<>(headers);
        all.put(name, value);
        return checked(new HttpTarget(client, uri, method, timeout, largest, Map.copyOf(all)));
    }

    private static HttpTarget checked(HttpTarget target) {
        var _ = target.request(new byte[0]).build();
        return target;
    }

    /** Where it is. */
    public URI uri() {
        return uri;
    }

    @Override
    public CommandReply handle(CommandRequest request) throws InterruptedException {
        HttpRequest asked;
        try {
            asked = request(request).build();
        } catch (IllegalArgumentException e) {
            return CommandReply.failed(400, "the command's name or properties are nothing that HTTP can carry");
        }
        var most = request.timeout().compareTo(timeout) < 0 ? request.timeout() : timeout;
        var answering = client.sendAsync(
                asked, HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), largest));
        try {
            return reply(answering.get(most.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            answering.cancel(true);
            return CommandReply.failed(504, "no answer from the HTTP target within " + most.toMillis() + " ms");
        } catch (ExecutionException e) {
            return failed(e.getCause());
        } catch (InterruptedException e) {
            answering.cancel(true);
            throw e;
        }
    }

    private HttpRequest.Builder request(byte[] body) {
        var builder = HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(builder::setHeader);
        return builder;
    }

    private HttpRequest.Builder request(CommandRequest request) {
        var builder = request(request.payload().bytes());
        request.payload().contentType().ifPresent(type -> builder.setHeader("Content-Type", type));
        builder.setHeader("Command-Name", request.command());
        request.property(CommandRequest.IDEMPOTENCY_KEY).ifPresent(key -> builder.setHeader("Idempotency-Key", key));
        TraceContext.of(request.properties())
                .map(TraceContext::properties)
                .orElse(List.of())
                .forEach(property -> builder.setHeader(property.name(), property.value()));
        return builder;
    }

    private CommandReply reply(HttpResponse<byte[]> response) {
        int status = response.statusCode();
        if (status < 200 || status > 599 || (status >= 300 && status < 400)) {
            return CommandReply.failed(
                    BAD_GATEWAY, "the HTTP target answered " + status + " (expected: 2xx, 4xx or 5xx)");
        }
        var type = response.headers().firstValue("Content-Type").orElse(null);
        return new CommandReply(
                status, Payload.of(response.body(), type), status >= 400 ? "the HTTP target answered " + status : "");
    }

    /** The client tells too large a body as a plain error, after the answer's head has come. */
    private CommandReply failed(@Nullable Throwable cause) {
        var text = cause == null ? "" : String.valueOf(cause.getMessage());
        return text.contains("body exceeds capacity")
                ? CommandReply.failed(BAD_GATEWAY, "the HTTP target's answer is larger than " + largest + " bytes")
                : CommandReply.failed(503, "the HTTP target cannot be reached");
    }
}
