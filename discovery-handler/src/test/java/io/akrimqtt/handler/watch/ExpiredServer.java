package io.akrimqtt.handler.watch;

import io.akrimqtt.messaging.client.ServerUrl;
import io.akrimqtt.messaging.testing.FreePort;
import io.akrimqtt.messaging.testing.MosquittoServer;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A Mosquitto whose certificate is of a trusted authority and was valid until yesterday. */
record ExpiredServer(MosquittoServer server, ServerUrl url, String authority) implements AutoCloseable {

    private static final X500Name AUTHORITY = new X500Name("CN=authority of yesterday");

    static ExpiredServer start(Path folder) {
        try {
            var signer = keys();
            var own = keys();
            var now = InstantSource.system().instant();
            var authority = certificate(signer, signer, AUTHORITY, now.plus(Duration.ofDays(1)), true);
            var leaf = certificate(signer, own, new X500Name("CN=localhost"), now.minus(Duration.ofDays(1)), false);
            int port = FreePort.find();
            var server = MosquittoServer.options()
                    .line("listener " + port + " 127.0.0.1")
                    .line("certfile " + write(folder, "leaf.pem", leaf))
                    .line("keyfile " + write(folder, "leaf.key", new JcaPKCS8Generator(own.getPrivate(), null)))
                    .start();
            return new ExpiredServer(server, ServerUrl.parse("ssl://localhost:" + port), pem(authority));
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair keys() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }

    private static X509Certificate certificate(
            KeyPair signer, KeyPair own, X500Name name, Instant end, boolean isAuthority)
            throws GeneralSecurityException, OperatorCreationException, IOException {
        var builder = new JcaX509v3CertificateBuilder(
                AUTHORITY,
                BigInteger.valueOf(isAuthority ? 1 : 2),
                Date.from(end.minus(Duration.ofDays(9))),
                Date.from(end),
                name,
                own.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(isAuthority));
        builder.addExtension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(new GeneralName(GeneralName.dNSName, "localhost")));
        return new JcaX509CertificateConverter()
                .getCertificate(
                        builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate())));
    }

    private static Path write(Path folder, String name, Object value) throws IOException {
        return Files.writeString(folder.resolve(name), pem(value));
    }

    private static String pem(Object value) throws IOException {
        var text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            writer.writeObject(value);
        }
        return text.toString();
    }

    @Override
    public void close() {
        server.close();
    }
}
