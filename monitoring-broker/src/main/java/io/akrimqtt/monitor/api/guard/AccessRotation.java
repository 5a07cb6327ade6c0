package io.akrimqtt.monitor.api.guard;

import io.akrimqtt.monitor.access.AccessRules;
import io.akrimqtt.monitor.access.AccessSettings;
import io.akrimqtt.monitor.access.RulesFile;
import io.akrimqtt.serving.FileRotation;
import io.akrimqtt.serving.ServerTls;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Renews certificates, keys and rules whose files have changed. What cannot be used is logged, and what was there stays. */
public final class AccessRotation implements AutoCloseable {

    private final FileRotation files;

    private AccessRotation(FileRotation files) {
        this.files = files;
    }

    /**
     * Watches what came from files.
     *
     * @param tls null for none
     * @param tokens null where none are taken
     */
    public static AccessRotation start(
            AccessSettings access, @Nullable ServerTls tls, @Nullable Tokens tokens, Duration look) {
        var rotation = FileRotation.start(look);
        var files = access.files();
        if (tls != null) {
            rotation.watch(
                    "certificates of the gRPC listener",
                    present(files.certificate(), files.key(), files.clientAuthorities()),
                    contents -> tls.renew(
                            text(contents, files.certificate(), access.certificate()),
                            text(contents, files.key(), access.key()),
                            access.clientAuthorities() == null
                                    ? null
                                    : text(contents, files.clientAuthorities(), access.clientAuthorities())));
        }
        if (tokens != null) {
            rotation.watch("keys of tokens", present(files.tokenKeys()), contents -> renew(tokens, contents));
        }
        rotation.watch("rules", present(files.rules()), contents -> renew(access.rules(), contents));
        return new AccessRotation(rotation);
    }

    private static void renew(Tokens tokens, Map<Path, String> contents) throws IOException {
        try {
            contents.values().forEach(tokens::renew);
        } catch (IllegalArgumentException e) {
            throw new IOException(String.valueOf(e.getMessage()), e);
        }
    }

    private static void renew(AccessRules rules, Map<Path, String> contents) throws IOException {
        for (var file : contents.entrySet()) {
            var read = RulesFile.read(file.getKey().toString(), file.getValue());
            if (!read.problems().isEmpty()) {
                throw new IOException(String.join("; ", read.problems()));
            }
            rules.renew(read.rules());
        }
    }

    private static List<Path> present(@Nullable Path... files) {
        return Stream.of(files)
                .<Path>mapMulti((file, keep) -> {
                    if (file != null) {
                        keep.accept(file);
                    }
                })
                .toList();
    }

    /** What is in a file now, or what was set by itself. */
    private static String text(Map<Path, String> contents, @Nullable Path file, @Nullable String otherwise) {
        var now = file == null ? null : contents.get(file);
        return now != null ? now : otherwise == null ? "" : otherwise;
    }

    @Override
    public void close() {
        files.close();
    }
}
