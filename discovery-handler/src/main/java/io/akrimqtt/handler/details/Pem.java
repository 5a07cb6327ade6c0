package io.akrimqtt.handler.details;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.jspecify.annotations.Nullable;

/** Says what is wrong with text as PEM, without showing any of it. */
final class Pem {

    private Pem() {}

    static Optional<String> certificatesProblem(String text) {
        if (!text.contains("-----BEGIN ")) {
            return Optional.of("text without a PEM block");
        }
        try {
            var factory = CertificateFactory.getInstance("X.509");
            var certificates =
                    factory.generateCertificates(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
            return certificates.isEmpty() ? Optional.of("PEM without a certificate") : Optional.empty();
        } catch (GeneralSecurityException _) {
            return Optional.of("PEM that holds no readable certificate");
        }
    }

    static Optional<String> keyProblem(String text) {
        try (var reader = new PemReader(new StringReader(text))) {
            @Nullable PemObject block = reader.readPemObject();
            while (block != null && block.getType().equals("EC PARAMETERS")) {
                block = reader.readPemObject();
            }
            return block == null ? Optional.of("text without a PEM block") : keyProblem(block);
        } catch (IOException | RuntimeException _) {
            return Optional.of("PEM that cannot be read");
        }
    }

    private static Optional<String> keyProblem(PemObject block) {
        boolean encrypted =
                block.getType().startsWith("ENCRYPTED") || !block.getHeaders().isEmpty();
        if (encrypted) {
            return Optional.of("a private key with a passphrase");
        }
        byte[] content = block.getContent();
        Object key = switch (block.getType()) {
            case "PRIVATE KEY" -> PrivateKeyInfo.getInstance(content);
            case "RSA PRIVATE KEY" -> RSAPrivateKey.getInstance(content);
            case "EC PRIVATE KEY" -> ECPrivateKey.getInstance(content);
            default -> Optional.empty();
        };
        return key instanceof Optional<?> ? Optional.of("PEM that is no private key") : Optional.empty();
    }
}
