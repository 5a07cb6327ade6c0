package io.akrimqtt.messaging.testing;

import io.akrimqtt.messaging.client.ProtocolVersion;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** One Mosquitto and one HiveMQ CE for all tests of a run; both stop with it. */
final class SharedServers implements ArgumentsProvider {

    /** The two servers. */
    private record Servers(MosquittoServer mosquitto, HiveMqServer hiveMq) implements AutoCloseable {

        static Servers start() {
            return new Servers(MosquittoServer.options().webSocket().start(), HiveMqServer.start());
        }

        Stream<ServerCase> cases(ProtocolVersion protocol) {
            return Stream.of(
                    new ServerCase("Mosquitto", mosquitto.url(), mosquitto.webSocketUrl(), protocol),
                    new ServerCase("HiveMQ CE", hiveMq.url(), hiveMq.webSocketUrl(), protocol));
        }

        @Override
        public void close() {
            mosquitto.close();
            hiveMq.close();
        }
    }

    @Override
    public Stream<? extends Arguments> provideArguments(ParameterDeclarations parameters, ExtensionContext context) {
        var servers = context.getRoot()
                .getStore(Namespace.create(SharedServers.class))
                .computeIfAbsent(Servers.class, _ -> Servers.start(), Servers.class);
        return Arrays.stream(ProtocolVersion.values()).flatMap(servers::cases).map(Arguments::of);
    }
}
