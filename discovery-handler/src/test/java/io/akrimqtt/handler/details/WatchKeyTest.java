package io.akrimqtt.handler.details;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.messaging.client.Credentials;
import io.akrimqtt.messaging.client.ServerUrl;
import io.akrimqtt.messaging.client.TlsOptions;
import io.akrimqtt.presence.convention.DeviceFilter;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WatchKeyTest {

    private static WatchKey key(String password) {
        var details = DiscoveryDetails.of(
                List.of(ServerUrl.parse("tcp://h")), List.of(DeviceFilter.parse("robots/+/joints")));
        return new WatchKey(details, Credentials.of("u", password.getBytes(UTF_8)), TlsOptions.DEFAULT);
    }

    private static WatchKey written(String details, String... namesAndValues) {
        var checked = ((DetailsResult.Checked) DetailsParser.parse("test", details)).details();
        var properties = new HashMap<String, byte[]>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            properties.put(namesAndValues[i], namesAndValues[i + 1].getBytes(UTF_8));
        }
        var secrets = new HashMap<String, ServerSecrets>();
        for (var server : checked.servers()) {
            var read = (DiscoverySecrets.Result.Accepted) DiscoverySecrets.read(properties, server.credentials());
            secrets.put(server.credentials(), new ServerSecrets(read.credentials(), read.tls()));
        }
        return new WatchKey(checked, secrets);
    }

    /**
     * A digest names a journal and MQTT sessions: another process, and a newer handler, must come to the same. These are the
     * digests from before connection, tls, scope, devices and publish were read.
     */
    @Test
    void the_digest_is_the_same_in_every_process_and_in_a_handler_that_knows_more_keys() {
        var plain = written("serverUrls: [tcp://h:1883]\ntopics: [robots/+/joints]\n")
                .details();
        var more = written("""
                serverUrls: [tcp://h:1883, ssl://h]
                topics: [robots/+/joints, a/+/b]
                presence: {status: ["{device}/st"], silenceTimeout: 5m, offlineGrace: 2s}
                commands: {topic: "{device}/c/{command}"}
                connection: {qos: 2}
                """).details();
        var credentials = Credentials.of("bob", "x".getBytes(UTF_8));
        var tls = new TlsOptions("CA", "CERT", "KEY", null, false);

        assertThat(new WatchKey(plain, credentials, tls).digest(1))
                .isEqualTo("61bd3a2df47c6f9fedd2635d1d053b0c215bf987fec30b9e1963a4aa99c46414");
        assertThat(new WatchKey(more, credentials, tls).digest(1))
                .isEqualTo("71c997cb13fb213cb3ecabc8ae54259a03be932c2ccc4a0a40d9ad4ef7fb77b7");
    }

    @Test
    void each_key_that_is_written_makes_another_watch_with_another_digest() {
        var base = "topics: [robots/+/joints]\n";
        var plain = base + "serverUrls: tcp://h\n";
        var keys = Stream.of(
                        written(plain),
                        written(plain, "mqtt_username", "bob"),
                        written(base + "serverUrls: [{url: tcp://h, alias: a}]\n"),
                        written(base + "serverUrls: [{url: tcp://h, alias: a}]\nscope: perBroker\n"),
                        written(base + "serverUrls: [{url: tcp://h, credentials: b}]\n"),
                        written(base + "serverUrls: [{url: tcp://h, credentials: b}]\n", "b_username", "bob"),
                        written(plain + "devices: {items: a}\n"),
                        written(plain + "devices: {action: Exclude, items: a}\n"),
                        written(plain + "maxDevices: 7\n"),
                        written(plain + "publish: {when: online}\n"),
                        written(plain + "publish: {properties: []}\n"),
                        written(plain + "connection: {protocol: 5}\n"),
                        written(plain + "connection: {qos: 2}\n"),
                        written(plain + "connection: {keepAlive: 5s}\n"),
                        written(plain + "connection: {sessionExpiry: 0}\n"),
                        written(plain + "connection: {clientIdPrefix: a}\n"),
                        written(plain + "tls: {insecureSkipVerify: true}\n"),
                        written(plain + "tls: {serverName: a}\n"),
                        written(plain + "presence: {audit: 0}\n"),
                        written(plain + "presence: {minPublishInterval: 2s}\n"),
                        written(plain + "presence: {retained: alive}\n"),
                        written(plain + "presence: {silenceTimeout: auto}\n"))
                .toList();

        assertThat(keys).doesNotHaveDuplicates();
        assertThat(keys.stream().map(key -> key.digest(1))).doesNotHaveDuplicates();
    }

    @Test
    void secrets_of_servers_the_details_do_not_name_make_no_other_watch() {
        var details = "topics: a/b\nserverUrls: [{url: tcp://h, credentials: b}]\n";

        assertThat(written(details, "mqtt_username", "bob")).isEqualTo(written(details));
        assertThat(written(details, "b_password", "1"))
                .isNotEqualTo(written(details, "b_password", "2"))
                .extracting(key -> key.digest(1))
                .isEqualTo(written(details, "b_password", "2").digest(1));
    }

    @Test
    void the_digest_tells_nothing_of_a_password_but_equality_does() {
        assertThat(key("p").digest(1)).isEqualTo(key("q").digest(1)).isNotEqualTo(key("p").digest(2));
        assertThat(key("p")).isEqualTo(key("p")).isNotEqualTo(key("q"));
        assertThat(key("secret").toString()).doesNotContain("secret");
    }
}
