package io.akrimqtt.handler.details;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The whole text of each problem, as its reader meets it; each test is named after what is wrong. */
class BadDetailsTest {

    private static List<String> problems(String yaml) {
        var result = DetailsParser.parse("d", yaml);
        return result instanceof DetailsResult.Refused(var problems)
                ? problems.stream().map(Problem::toString).toList()
                : List.of();
    }

    private static List<String> inBase(String rest) {
        return problems("serverUrls: tcp://h\ntopics: robots/+/joints\n" + rest);
    }

    @Test
    void yaml_that_ends_too_early() {
        assertThat(problems("serverUrls: [tcp://h\ntopics: a/b"))
                .containsExactly(
                        "d:2:7: no YAML: expected ',' or ']', but got : (expected: YAML, for example 'serverUrls: [tcp://host:1883]')");
    }

    @Test
    void a_brace_without_quotes() {
        assertThat(problems("serverUrls: tcp://h\ntopics: a/b\ncommands:\n  topic: {device}/cmd/{command}\n"))
                .containsExactly(
                        "d:4:18: no YAML: expected <block end>, but found '<scalar>' (expected: quotes around text that begins with a brace, for example \"{device}/status\")");
    }

    @Test
    void a_tab_as_indentation() {
        assertThat(problems("serverUrls: tcp://h\n\ttopics: a/b\n"))
                .containsExactly(
                        "d:2:1: no YAML: found character '\\t(TAB)' that cannot start any token. (Do not use \\t(TAB) for indentation) (expected: spaces, not tabs, at the start of a line)");
    }

    @Test
    void a_document_that_is_text() {
        assertThat(problems("hunter2\n"))
                .containsExactly("d:1:1: text (expected: a mapping with serverUrls and topics)");
    }

    @Test
    void a_document_that_is_a_list() {
        assertThat(problems("[]"))
                .containsExactly("d:1:1: an empty list (expected: a mapping with serverUrls and topics)");
    }

    @Test
    void an_empty_document() {
        assertThat(problems(""))
                .containsExactly("d:1:1: an empty document (expected: a mapping with serverUrls and topics)");
    }

    @Test
    void a_second_document() {
        assertThat(problems("serverUrls: tcp://h\ntopics: a/b\n---\ntopics: a/c\n"))
                .containsExactly("d:3:1: a second document (expected: one document)");
    }

    @Test
    void a_yaml_bomb() {
        assertThat(problems("a: &a [x, x]\nb: &b [*a, *a]\n"))
                .containsExactly(
                        "d:1:4: an anchor '&a' (expected: the value itself)",
                        "d:2:4: an anchor '&b' (expected: the value itself)",
                        "d:2:8: an alias '*a' (expected: the value itself; text that begins with * in quotes)",
                        "d:2:12: an alias '*a' (expected: the value itself; text that begins with * in quotes)");
    }

    @Test
    void a_filter_that_yaml_takes_for_an_alias() {
        assertThat(problems("serverUrls: tcp://h\ntopics: *a\n"))
                .containsExactly(
                        "d:2:9: an alias '*a' (expected: the value itself; text that begins with * in quotes)");
    }

    @Test
    void a_tag() {
        assertThat(problems("serverUrls: !!javax.script.ScriptEngineManager [x]\ntopics: a/b\n"))
                .containsExactly(
                        "d:1:13: a tag '!!javax.script.ScriptEngineManager' (expected: plain text, a list or a mapping)");
    }

    @Test
    void five_mebibytes() {
        assertThat(problems("serverUrls: tcp://h\n# " + "x".repeat(5 * 1024 * 1024)))
                .containsExactly(
                        "d:2:262125: the document is longer than 256 Ki characters (expected: at most 262144)");
    }

    @Test
    void a_hundred_thousand_levels() {
        assertThat(problems("[".repeat(100_000)))
                .containsExactly(
                        "d:1:17: nested deeper than 16 levels (expected: a mapping with serverUrls and topics)");
    }

    @Test
    void a_control_character() {
        assertThat(problems("serverUrls: tcp://h\ntopics: \"a\u0001\"\n"))
                .containsExactly("d:2:11: the character U+0001 (expected: printable text)");
    }

    @Test
    void a_key_twice_and_a_list_as_a_key() {
        assertThat(problems("serverUrls: tcp://h\ntopics: a/b\ntopics: a/c\n? [x]\n: y\n"))
                .containsExactly(
                        "d:3:1: topics: the key a second time (expected: each key once)",
                        "d:4:3: a list as a key (expected: one of serverUrls, topics, presence, commands, connection, tls, devices, maxDevices, scope, publish, group)");
    }

    @Test
    void unknown_keys_with_what_was_probably_meant() {
        assertThat(inBase("serverUrl: x\nfoo: 1\nsilenceTimeout: 5m\npresence: {silence: 1s}\n"))
                .containsExactly(
                        "d:3:1: serverUrl: unknown key, did you mean serverUrls? (expected: one of serverUrls, topics, presence, commands, connection, tls, devices, maxDevices, scope, publish, group)",
                        "d:4:1: foo: unknown key (expected: one of serverUrls, topics, presence, commands, connection, tls, devices, maxDevices, scope, publish, group)",
                        "d:5:1: silenceTimeout: unknown key, did you mean presence.silenceTimeout? (expected: one of serverUrls, topics, presence, commands, connection, tls, devices, maxDevices, scope, publish, group)",
                        "d:6:12: presence.silence: unknown key, did you mean silenceTimeout? (expected: one of status, silenceTimeout, offlineGrace, settle, brokerGrace, probation, sleepTimeout, retained, flapDamping, audit, minPublishInterval)");
    }

    @Test
    void keys_that_are_planned() {
        assertThat(inBase("conventions: [homie]\ncommands: {topic: '{device}/{command}', way: any}\n"))
                .containsExactly(
                        "d:3:1: conventions: not supported yet (expected: one of serverUrls, topics, presence, commands, connection, tls, devices, maxDevices, scope, publish, group)",
                        "d:4:46: commands.way: 'any' (expected: auto or envelope or single-flight or state-echo)");
    }

    @Test
    void presence_out_of_range() {
        assertThat(inBase("""
                                presence:
                                  settle: 6m
                                  brokerGrace: 25h
                                  probation: 0
                                  sleepTimeout: 500ms
                                  retained: yes
                                  flapDamping: maybe
                                  audit: 1s
                                  minPublishInterval: 5
                                """))
                .containsExactly(
                        "d:4:11: presence.settle: '6m' is out of range (expected: a duration such as 10s, 5m, 1h or PT30S, from 0s to 5m)",
                        "d:5:16: presence.brokerGrace: '25h' is out of range (expected: a duration such as 10s, 5m, 1h or PT30S, from 0s to 24h)",
                        "d:6:14: presence.probation: '0' is out of range (expected: a duration such as 10s, 5m, 1h or PT30S, from 1s to 24h)",
                        "d:7:17: presence.sleepTimeout: '500ms' is out of range (expected: a duration such as 10s, 5m, 1h or PT30S, from 1s to 720h; 0 for never)",
                        "d:8:13: presence.retained: 'yes' (expected: probation or alive or ignore)",
                        "d:9:16: presence.flapDamping: 'maybe' (expected: true or false)",
                        "d:10:10: presence.audit: '1s' is out of range (expected: a duration such as 10s, 5m, 1h or PT30S, from 10s to 24h; 0 for never)",
                        "d:11:23: presence.minPublishInterval: '5' has no unit (expected: a duration such as 10s, 5m, 1h or PT30S, from 100ms to 1m)");
    }

    @Test
    void connections_and_tls() {
        assertThat(inBase("""
                                connection: {protocol: 4, qos: 0, keepAlive: 0s, sessionExpiry: 1s, clientIdPrefix: "a b"}
                                tls: {insecureSkipVerify: 1, serverName: "a b", ca: x}
                                """))
                .containsExactly(
                        "d:3:24: connection.protocol: '4' (expected: auto or 5 or 3.1.1)",
                        "d:3:32: connection.qos: '0' (expected: 1 or 2)",
                        "d:3:46: connection.keepAlive: '0s' is out of range (expected: a duration such as 10s, 5m, 1h or PT30S, from 1s to 18h)",
                        "d:3:65: connection.sessionExpiry: '1s' is out of range (expected: a duration such as 10s, 5m, 1h or PT30S, from 10s to 720h; 0 for no session)",
                        "d:3:85: connection.clientIdPrefix: 'a b' (expected: 1 to 32 printable ASCII characters without blanks, '+', '#' and '/')",
                        "d:4:27: tls.insecureSkipVerify: '1' (expected: true or false)",
                        "d:4:42: tls.serverName: 'a b' (expected: the name in the servers' certificates, such as mqtt.example.org)",
                        "d:4:49: tls.ca: a key for credentials (expected: none in the details; discoveryProperties mqtt_username, mqtt_password, mqtt_ca, mqtt_cert, mqtt_key from a Secret)");
        for (var prefix : List.of("a+b", "a#", "a/b", "x".repeat(33), "ä")) {
            assertThat(inBase("connection: {clientIdPrefix: '" + prefix + "'}\n"))
                    .containsExactly("d:3:30: connection.clientIdPrefix: '" + prefix
                            + "' (expected: 1 to 32 printable ASCII characters without blanks, '+', '#' and '/')");
        }
        assertThat(inBase("connection: {protocol: 3.1.1, clientIdPrefix: akri-mqtt}\n"))
                .containsExactly(
                        "d:3:47: connection.clientIdPrefix: 'akri-mqtt' (expected: with protocol 3.1.1, 1 to 12 letters and digits)");
    }

    @Test
    void devices_limits_and_what_is_published() {
        assertThat(inBase("""
                                maxDevices: 0
                                scope: both
                                devices: {action: Only, items: ['']}
                                publish: {when: [sleeping, dead], properties: [id, id, size]}
                                """))
                .containsExactly(
                        "d:3:13: maxDevices: '0' (expected: a number from 1 to 1000000)",
                        "d:4:8: scope: 'both' (expected: merged or perBroker)",
                        "d:5:19: devices.action: 'Only' (expected: Include or Exclude)",
                        "d:5:33: devices.items[0]: a pattern of 0 characters (expected: 1 to 256 patterns such as \"robots/test-*\", at most 512 characters each)",
                        "d:6:17: publish.when: no online (expected: a list with online)",
                        "d:6:28: publish.when[1]: 'dead' (expected: a list of online, sleeping, unknown)"
                                .replace("a list of online, sleeping, unknown", "online or sleeping or unknown"),
                        "d:6:52: publish.properties[1]: 'id' a second time (expected: each once)",
                        "d:6:56: publish.properties[2]: 'size' (expected: id or name or server or topics or command or response or manufacturer or model or convention)");
        assertThat(inBase("devices: {}\n"))
                .containsExactly(
                        "d:3:10: devices.items: missing (expected: 1 to 256 patterns such as \"robots/test-*\", at most 512 characters each)");
    }

    @Test
    void servers_without_aliases_or_with_one_for_two() {
        assertThat(problems("""
                                topics: a/b
                                scope: perBroker
                                serverUrls:
                                  - tcp://a
                                  - {url: tcp://b, alias: x}
                                  - {url: tcp://c, alias: x, credentials: 1st}
                                  - {url: tcp://b, alias: z}
                                  - {alias: q, password: hunter2}
                                """))
                .containsExactly(
                        "d:4:5: serverUrls[0]: no alias, but scope is perBroker (expected: {url: tcp://a:1883, alias: 1 to 63 letters, digits, '_' and '-'})",
                        "d:6:11: serverUrls[2].url: alias 'x' a second time (expected: another alias)",
                        "d:6:43: serverUrls[2].credentials: '1st' (expected: 1 to 63 letters, digits and '_', not beginning with a digit: plant_b stands for plant_b_username and its kin)",
                        "d:7:11: serverUrls[3].url: 'tcp://b:1883' a second time (expected: each once)",
                        "d:8:5: serverUrls[4].url: missing (expected: a URL such as tcp://host:1883)",
                        "d:8:16: serverUrls[4].password: a key for credentials (expected: none in the details; discoveryProperties mqtt_username, mqtt_password, mqtt_ca, mqtt_cert, mqtt_key from a Secret)");
    }

    @Test
    void levels_by_number_that_are_none() {
        assertThat(problems("""
                                serverUrls: tcp://h
                                topics:
                                  - {topic: legacy/+/+/data, device: 4}
                                  - {topic: legacy/+/x/#, device: 3}
                                  - {topic: "{device}/x", device: 0}
                                  - {topic: a/+/b, device: 0}
                                  - {device: 1}
                                """))
                .containsExactly(
                        "d:3:38: topics[0].device: '4' (expected: a level of the filter that is no #, from 0 to 3)",
                        "d:4:35: topics[1].device: '3' (expected: a level of the filter that is no #, from 0 to 3)",
                        "d:5:35: topics[2].device: '0' beside {device} (expected: one of both)",
                        "d:6:28: topics[3].device: '0' is a level without + (expected: the number of a level +)",
                        "d:7:5: topics[4].topic: missing (expected: a topic filter such as robots/+/joints, in quotes where it begins with # or {)");
    }

    @Test
    void akris_own_document_and_a_merge_key() {
        assertThat(problems("spec: {discoveryDetails: x}\n<<: {}\n"))
                .containsExactly(
                        "d:1:1: spec: a key of Akri's Configuration (expected: only the text of spec.discoveryHandler.discoveryDetails, that is a mapping with serverUrls and topics)",
                        "d:1:1: serverUrls: missing (expected: 1 to 16 URLs of MQTT servers such as tcp://host:1883)",
                        "d:1:1: topics: missing (expected: 1 to 256 topic filters such as robots/+/joints)",
                        "d:2:1: <<: a merge key (expected: the keys themselves: serverUrls, topics, presence, commands, connection, tls, devices, maxDevices, scope, publish, group)");
    }

    @Test
    void credentials_without_their_values() {
        assertThat(problems("serverUrls: tcp://bob:hunter2@h\ntopics: a/b\npassword: hunter2\nmqtt_key: hunter2\n"))
                .containsExactly(
                        "d:1:13: serverUrls: the URL has credentials (expected: none in the URL; they come from a Secret)",
                        "d:3:1: password: a key for credentials (expected: none in the details; discoveryProperties mqtt_username, mqtt_password, mqtt_ca, mqtt_cert, mqtt_key from a Secret)",
                        "d:4:1: mqtt_key: a key for credentials (expected: none in the details; discoveryProperties mqtt_username, mqtt_password, mqtt_ca, mqtt_cert, mqtt_key from a Secret)");
    }

    @Test
    void bad_urls() {
        assertThat(problems("""
                serverUrls:
                - tcp://<SOME_IP_ADDRESS>:1883
                - http://h
                - tcp://h:99999
                - h:1883
                - tcp://h/x?password=hunter2
                - [a]
                - tcp://h
                - mqtt://h
                topics: a/b
                """))
                .containsExactly(
                        "d:2:3: serverUrls[0]: 'tcp://<SOME_IP_ADDRESS>:1883' has a placeholder in place of a host (expected: tcp|mqtt|ssl|tls|mqtts|ws|wss://host[:port], a path only for ws and wss)",
                        "d:3:3: serverUrls[1]: 'http://h' has no scheme that we know (expected: tcp|mqtt|ssl|tls|mqtts|ws|wss://host[:port], a path only for ws and wss)",
                        "d:4:3: serverUrls[2]: 'tcp://h:99999' has the port 99999 (expected: 1 to 65535)",
                        "d:5:3: serverUrls[3]: 'h:1883' has no scheme that we know (expected: tcp|mqtt|ssl|tls|mqtts|ws|wss://host[:port], a path only for ws and wss)",
                        "d:6:3: serverUrls[4]: 'tcp://h/x?…' has a path, query or fragment (expected: tcp|mqtt|ssl|tls|mqtts|ws|wss://host[:port], a path only for ws and wss)",
                        "d:7:3: serverUrls[5]: a list (expected: a URL such as tcp://host:1883)",
                        "d:9:3: serverUrls[7]: 'tcp://h:1883' a second time (expected: each once)");
    }

    @Test
    void bad_filters() {
        assertThat(problems("""
                serverUrls: tcp://h
                topics:
                - a/#/b
                - a+
                - "#"
                - #
                - $share/g/x
                - a//#
                - plant/{device}/{device}
                - a{b}
                - []
                - {device}
                - a/b
                - a/b
                """))
                .containsExactly(
                        "d:3:3: topics[0]: 'a/#/b' has '#' at index 2 (expected: '#' only as the whole last level)",
                        "d:4:3: topics[1]: 'a+' has '+' at index 1 beside other characters (expected: '+' as a whole level)",
                        "d:5:3: topics[2]: '#' matches everything and names no device level (expected: for example +/#)",
                        "d:6:2: topics[3]: nothing (expected: a topic filter such as robots/+/joints, in quotes where it begins with # or {)",
                        "d:7:3: topics[4]: '$share/g/x' is a shared subscription, which loses order and retained messages (expected: x)",
                        "d:8:3: topics[5]: 'a//#' has an empty device level (expected: text or + as level 1)",
                        "d:9:3: topics[6]: 'plant/{device}/{device}' names two levels '{device}' (expected: each name once)",
                        "d:10:3: topics[7]: 'a{b}' has a brace inside a level (expected: {name} as a whole level, or {{ and }})",
                        "d:11:3: topics[8]: an empty list (expected: a topic filter such as robots/+/joints, in quotes where it begins with # or {)",
                        "d:12:3: topics[9].topic: missing (expected: a topic filter such as robots/+/joints, in quotes where it begins with # or {)",
                        "d:14:3: topics[11]: 'a/b' a second time (expected: each once)");
    }

    @Test
    void empty_lists_and_wrong_types() {
        assertThat(problems("serverUrls: []\ntopics: {}\n"))
                .containsExactly(
                        "d:1:13: serverUrls: an empty list (expected: 1 to 16 URLs of MQTT servers such as tcp://host:1883)",
                        "d:2:9: topics.topic: missing (expected: a topic filter such as robots/+/joints, in quotes where it begins with # or {)");
    }

    @Test
    void nothing_where_lists_belong() {
        assertThat(problems("serverUrls:\ntopics: []\n"))
                .containsExactly(
                        "d:1:12: serverUrls: nothing (expected: 1 to 16 URLs of MQTT servers such as tcp://host:1883)",
                        "d:2:9: topics: an empty list (expected: 1 to 256 topic filters such as robots/+/joints)");
    }

    @Test
    void too_many_of_them() {
        assertThat(problems("serverUrls: [" + "tcp://h, ".repeat(17) + "]\ntopics: a/b\n")
                        .subList(0, 1))
                .containsExactly(
                        "d:1:13: serverUrls: a list of 17 (expected: 1 to 16 URLs of MQTT servers such as tcp://host:1883)");
    }

    @Test
    void sections_of_the_wrong_type() {
        assertThat(inBase("presence: on\ncommands: [a]\nconnection: {qos: 0}\n"))
                .containsExactly(
                        "d:3:11: presence: 'on' (expected: a mapping with status, silenceTimeout, offlineGrace, settle, brokerGrace, probation, sleepTimeout, retained, flapDamping, audit, minPublishInterval)",
                        "d:4:11: commands: a list (expected: a mapping with topic, response, way)",
                        "d:5:19: connection.qos: '0' (expected: 1 or 2)");
    }

    @Test
    void durations_without_units_and_out_of_range() {
        assertThat(inBase("presence: {silenceTimeout: 30, offlineGrace: 2h}\n"))
                .containsExactly(
                        "d:3:28: presence.silenceTimeout: '30' has no unit (expected: a duration such as 10s, 5m, 1h or PT30S, from 1s to 720h, or auto; 0 for never)",
                        "d:3:46: presence.offlineGrace: '2h' is out of range (expected: a duration such as 10s, 5m, 1h or PT30S, from 0s to 1h)");
    }

    @Test
    void durations_that_are_none() {
        assertThat(inBase("presence: {silenceTimeout: -PT5S, offlineGrace: soon}\n"))
                .containsExactly(
                        "d:3:28: presence.silenceTimeout: '-PT5S' is out of range (expected: a duration such as 10s, 5m, 1h or PT30S, from 1s to 720h, or auto; 0 for never)",
                        "d:3:49: presence.offlineGrace: 'soon' (expected: a duration such as 10s, 5m, 1h or PT30S, from 0s to 1h)");
    }

    @Test
    void bad_status_topics() {
        assertThat(inBase("""
                presence:
                  status:
                  - status
                  - "{device}/#"
                  - "{device}/{x}"
                  - a/+/b
                  - "a+/{device}"
                  - {online: x}
                """))
                .containsExactly(
                        "d:5:5: presence.status[0]: 'status' has no level {device} (expected: \"{device}/…\" without wildcards, or a topic filter with a level {device}, in quotes)",
                        "d:6:5: presence.status[1]: '{device}/#' (expected: \"{device}/…\" without wildcards, or a topic filter with a level {device}, in quotes)",
                        "d:7:5: presence.status[2]: '{device}/{x}' (expected: \"{device}/…\" without wildcards, or a topic filter with a level {device}, in quotes)",
                        "d:8:5: presence.status[3]: 'a/+/b' has no level {device} (expected: \"{device}/…\" without wildcards, or a topic filter with a level {device}, in quotes)",
                        "d:9:5: presence.status[4]: 'a+/{device}' has '+' at index 1 beside other characters (expected: '+' as a whole level)",
                        "d:10:5: presence.status[5].topic: missing (expected: \"{device}/…\" without wildcards, or a topic filter with a level {device}, in quotes)");
    }

    @Test
    void bad_status_words_and_fields() {
        assertThat(inBase("""
                presence:
                  status:
                  - {topic: "{device}/s", online: [], field: state}
                  - {topic: "{device}/s", online: [a], offline: [a, {}]}
                """))
                .containsExactly(
                        "d:5:35: presence.status[0].online: an empty list (expected: 1 to 64 words; leave the key out for the usual ones)",
                        "d:5:46: presence.status[0].field: 'state' (expected: a JSON pointer (RFC 6901) such as /state)",
                        "d:6:50: presence.status[1].offline[0]: 'a' a second time (expected: each word once, for one state)",
                        "d:6:53: presence.status[1].offline[1]: a mapping (expected: 1 to 64 words; leave the key out for the usual ones)");
    }

    @Test
    void no_status_at_all_said_with_nothing() {
        assertThat(inBase("presence: {status: }\n"))
                .containsExactly(
                        "d:3:19: presence.status: nothing (expected: at most 32 topics such as \"{device}/status\", or mappings with topic, online, offline, sleeping, field; [] for none)");
    }

    @Test
    void commands_that_name_no_device() {
        assertThat(inBase("commands: {topic: 'cmd/{command}', response: '{device}/res/{command}/{what}'}\n"))
                .containsExactly(
                        "d:3:19: commands.topic: 'cmd/{command}' does not begin with {device}/ (expected: \"{device}/cmd/{command}\", or with {request} where answers come by topic ids)",
                        "d:3:46: commands.response: '{device}/res/{command}/{what}' has the level '{what}', which stands for nothing here (expected: \"{device}/res/{command}\", or \"{device}/res/{request}/{status}\" where the command topic has {request})");
    }

    @Test
    void commands_that_name_no_command() {
        assertThat(inBase("commands: {topic: '{device}/cmd', response: '{device}/+/x'}\n"))
                .containsExactly(
                        "d:3:19: commands.topic: '{device}/cmd' has no level {command} (expected: \"{device}/cmd/{command}\", or with {request} where answers come by topic ids)",
                        "d:3:45: commands.response: '{device}/+/x' has the wildcard '+' at index 9 (expected: \"{device}/res/{command}\", or \"{device}/res/{request}/{status}\" where the command topic has {request})");
    }

    @Test
    void topic_ids_without_an_answer() {
        assertThat(inBase("commands: {topic: '{device}/{request}/{command}'}\n"))
                .containsExactly(
                        "d:3:11: commands.response: missing, though topic has {request} (expected: \"{device}/res/{command}\", or \"{device}/res/{request}/{status}\" where the command topic has {request})");
    }

    @Test
    void topic_ids_on_one_way_only() {
        assertThat(inBase("commands: {topic: '{device}/{request}/{command}', response: '{device}/res/{status}'}\n"))
                .containsExactly(
                        "d:3:61: commands.response: '{device}/res/{status}' has no {request}, topic has (expected: {request} in both or in none)");
    }

    @Test
    void a_status_level_without_topic_ids() {
        assertThat(inBase("commands: {topic: '{device}/{command}', response: '{device}/res/{status}'}\n"))
                .containsExactly(
                        "d:3:51: commands.response: '{device}/res/{status}' has {status} and no {request} (expected: \"{device}/res/{command}\", or \"{device}/res/{request}/{status}\" where the command topic has {request})");
    }

    @Test
    void commands_without_a_topic() {
        assertThat(inBase("commands: {}\n"))
                .containsExactly(
                        "d:3:11: commands.topic: missing (expected: \"{device}/cmd/{command}\", or with {request} where answers come by topic ids)");
    }

    @Test
    void ways_of_asking_whose_topics_do_not_fit() {
        assertThat(inBase("commands: {topic: '{device}/set', way: state-echo}\n"))
                .containsExactly(
                        "d:3:11: commands.response: missing, and way is state-echo (expected: where the device shows its state, such as \"{device}/state\")");
        assertThat(inBase("commands: {topic: '{device}/cmd/{command}', way: single-flight}\n"))
                .containsExactly(
                        "d:3:11: commands.response: missing, and way is single-flight (expected: where the device answers, such as \"{device}/res\")");
        assertThat(
                        inBase(
                                "commands: {topic: '{device}/{request}/{command}', response: '{device}/{request}', way: envelope}\n"))
                .containsExactly(
                        "d:3:11: commands.topic: has a level {request}, and way is envelope (expected: no {request}, or way: auto)");
        assertThat(inBase("commands: {topic: '{device}/{command}', response: '{device}/{status}', way: envelope}\n"))
                .containsExactly(
                        "d:3:11: commands.response: has a level {status}, and way is envelope (expected: no {status}, or way: auto)");
        assertThat(inBase("commands: {topic: '{device}/cmd', way: envelope}\n"))
                .containsExactly(
                        "d:3:19: commands.topic: '{device}/cmd' has no level {command} (expected: \"{device}/cmd/{command}\", or with {request} where answers come by topic ids)");
    }
}
