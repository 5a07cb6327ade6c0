package io.akrimqtt.samples.rights;

import com.hivemq.embedded.EmbeddedExtension;
import com.hivemq.embedded.EmbeddedHiveMQ;
import com.hivemq.extension.sdk.api.ExtensionMain;
import com.hivemq.extension.sdk.api.auth.SimpleAuthenticator;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthInput;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthOutput;
import com.hivemq.extension.sdk.api.auth.parameter.TopicPermission;
import com.hivemq.extension.sdk.api.packets.auth.DefaultAuthorizationBehaviour;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartOutput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopOutput;
import com.hivemq.extension.sdk.api.services.Services;
import com.hivemq.extension.sdk.api.services.builder.Builders;
import io.akrimqtt.messaging.client.ServerUrl;
import io.akrimqtt.messaging.testing.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A HiveMQ CE that gives each user the rights of a role, as its File RBAC Extension does: permissions of the client are set when it
 * connects, and what they do not allow is denied. Passwords are not looked at.
 */
final class RightsServer implements AutoCloseable {

    private final EmbeddedHiveMQ server;
    private final int port = FreePort.find();

    private RightsServer(Path folder, List<Right> rights) throws IOException {
        var configuration = Files.createDirectories(folder.resolve("conf"));
        Files.writeString(configuration.resolve("config.xml"), """
                <hivemq>
                  <listeners><tcp-listener><port>%d</port><bind-address>127.0.0.1</bind-address></tcp-listener></listeners>
                  <persistence><mode>in-memory</mode></persistence>
                  <anonymous-usage-statistics><enabled>false</enabled></anonymous-usage-statistics>
                </hivemq>
                """.formatted(port));
        server = EmbeddedHiveMQ.builder()
                .withConfigurationFolder(configuration)
                .withDataFolder(Files.createDirectories(folder.resolve("data")))
                .withExtensionsFolder(Files.createDirectories(folder.resolve("extensions")))
                .withEmbeddedExtension(EmbeddedExtension.builder()
                        .withId("rights")
                        .withName("rights")
                        .withVersion("1")
                        .withExtensionMain(new Rights(rights))
                        .build())
                .withoutLoggingBootstrap()
                .build();
    }

    static RightsServer start(Path folder, List<Right> rights) throws Exception {
        var started = new RightsServer(folder, rights);
        started.server.start().get(180, TimeUnit.SECONDS);
        return started;
    }

    ServerUrl url() {
        return new ServerUrl(ServerUrl.Transport.TCP, "127.0.0.1", port, "");
    }

    @Override
    public void close() {
        server.stop().orTimeout(180, TimeUnit.SECONDS).join();
    }

    /** Users that are no role's name are devices. */
    private record Rights(List<Right> rights) implements ExtensionMain {

        @Override
        public void extensionStart(ExtensionStartInput input, ExtensionStartOutput output) {
            SimpleAuthenticator authenticator = this::connects;
            Services.securityRegistry().setAuthenticatorProvider(_ -> authenticator);
        }

        private void connects(SimpleAuthInput input, SimpleAuthOutput output) {
            var user = input.getConnectPacket().getUserName().orElse("nobody");
            var client = input.getClientInformation().getClientId();
            var known = rights.stream().anyMatch(right -> right.who().equals(user));
            rights.stream()
                    .filter(right -> right.who().equals(known ? user : "device"))
                    .map(right -> Builders.topicPermission()
                            .topicFilter(right.topicFor(user, client))
                            .activity(TopicPermission.MqttActivity.valueOf(right.action()))
                            .build())
                    .forEach(output.getDefaultPermissions()::add);
            output.getDefaultPermissions().setDefaultBehaviour(DefaultAuthorizationBehaviour.DENY);
            output.authenticateSuccessfully();
        }

        @Override
        public void extensionStop(ExtensionStopInput input, ExtensionStopOutput output) {
            // Nothing is kept.
        }
    }
}
