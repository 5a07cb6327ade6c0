package io.akrimqtt.cli.configuration;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads files as {@code kubectl apply -f} does, and tells everything that is wrong with them. Confined to one thread. */
public final class ManifestReader {

    /** The largest file that is read, in bytes: twice what Kubernetes takes as one object. */
    static final int MAX_BYTES = 3 * 1024 * 1024;

    private final CheckOptions options;
    private final DataObjects data = new DataObjects();
    private final List<AkriConfiguration> configurations = new ArrayList<>();
    private final List<Findings> findings = new ArrayList<>();

    private ManifestReader(CheckOptions options) {
        this.options = options;
    }

    /** Reads files together: references are resolved over all of them. */
    public static Manifests read(List<Path> files, CheckOptions options) {
        var reader = new ManifestReader(options);
        for (var file : files) {
            reader.file(file);
        }
        return reader.finish();
    }

    /** Reads a text that is no file, such as a sample from the class path. */
    public static Manifests read(String name, String yaml, CheckOptions options) {
        var reader = new ManifestReader(options);
        reader.text(name, yaml);
        return reader.finish();
    }

    private void file(Path file) {
        var name = file.toString();
        try (InputStream in = Files.newInputStream(file)) {
            var bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                refuse(name, "more than " + MAX_BYTES + " bytes", "a smaller file");
                return;
            }
            text(
                    name,
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes))
                            .toString());
        } catch (CharacterCodingException _) {
            refuse(name, "bytes that are no UTF-8", "YAML in UTF-8");
        } catch (IOException e) {
            refuse(name, "cannot be read (" + e.getClass().getSimpleName() + ")", "a readable file");
        }
    }

    private void refuse(String name, String found, String expected) {
        var one = new Findings(name);
        one.add(Severity.ERROR, 1, 1, "", found, expected);
        findings.add(one);
    }

    private void text(String name, String yaml) {
        var one = new Findings(name);
        findings.add(one);
        var source = new YamlSource(name, yaml);
        var objects = new ObjectReader(source, data, configurations);
        source.documents(one).forEach(objects::read);
    }

    private Manifests finish() {
        var rules = new ConfigurationRules(options, data);
        rules.check(configurations, findings);
        return new Manifests(
                configurations,
                data,
                findings.stream().flatMap(one -> one.sorted().stream()).toList());
    }
}
