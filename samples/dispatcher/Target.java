import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/// Software that speaks HTTP and no MQTT: prints each command and answers it. `java Target.java [PORT]`, JDK 25.
void main(String[] arguments) throws IOException {
    int port = arguments.length == 0 ? 8090 : Integer.parseInt(arguments[0]);
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/", exchange -> {
        try (exchange) {
            var command = exchange.getRequestHeaders().getFirst("Command-Name");
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            IO.println(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + command + " " + body);
            var known = "start".equals(command) || "stop".equals(command);
            var answer = (known ? "done: " : "no such command: ") + command;
            exchange.getResponseHeaders().set("Content-Type", "text/plain");
            exchange.sendResponseHeaders(known ? 200 : 404, 0);
            exchange.getResponseBody().write(answer.getBytes(StandardCharsets.UTF_8));
        }
    });
    server.start();
    IO.println("listens at http://localhost:" + server.getAddress().getPort());
}
