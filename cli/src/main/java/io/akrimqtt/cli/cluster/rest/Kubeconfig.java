package io.akrimqtt.cli.cluster.rest;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** The file that tells kubectl where the API server is and who asks. */
record Kubeconfig(URI server, String token) {

    /** Writes it so that only the owner can read it, in one step. */
    void write(Path file) throws IOException {
        var directory = file.toAbsolutePath().getParent();
        if (directory == null) {
            throw new IOException("kubeconfig: " + file + " (expected: a file in a directory)");
        }
        var draft = Files.createTempFile(
                directory,
                ".kubeconfig",
                ".tmp",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(draft, text(), StandardCharsets.UTF_8);
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private String text() {
        return """
                apiVersion: v1
                kind: Config
                clusters:
                  - name: akri-mqtt-local
                    cluster:
                      server: %s
                users:
                  - name: akri-mqtt-local
                    user:
                      token: %s
                contexts:
                  - name: akri-mqtt-local
                    context:
                      cluster: akri-mqtt-local
                      user: akri-mqtt-local
                      namespace: default
                current-context: akri-mqtt-local
                """.formatted(server, token);
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "Kubeconfig[" + server + "]";
    }
}
