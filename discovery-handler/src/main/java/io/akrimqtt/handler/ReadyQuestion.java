package io.akrimqtt.handler;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Asks another process of this program whether it is ready: for {@code helm test}, which has no image but this one's. */
final class ReadyQuestion {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int LONGEST = 65_536;

    /**
     * What was said.
     *
     * @param text for people
     */
    record Answer(boolean ready, String text) {}

    private ReadyQuestion() {}

    /** @param url of a {@code /readyz}; anything else is an answer that says so */
    static Answer ask(String url) throws InterruptedException {
        try (var client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            var request =
                    HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE).build();
            var response = client.send(request, BodyHandlers.limiting(BodyHandlers.ofString(), LONGEST));
            boolean ready = response.statusCode() == 200;
            return new Answer(
                    ready,
                    url + ": " + (ready ? "ready" : "not ready, " + response.statusCode()) + "\n"
                            + response.body().strip());
        } catch (IOException e) {
            return new Answer(false, url + ": no handler that is ready answers: " + cause(e));
        } catch (IllegalArgumentException e) {
            return new Answer(false, "'" + url + "' (expected: http://host:port/readyz)");
        }
    }

    /** The innermost says what happened. */
    private static String cause(Throwable e) {
        Throwable each = e;
        while (each.getCause() != null) {
            each = each.getCause();
        }
        return each.getMessage() == null ? each.getClass().getSimpleName() : each.getMessage();
    }
}
