package io.akrimqtt.messaging.testing;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;

/** A certificate authority of a test, and what it has signed. Valid for a day. */
public final class TestCertificates {

    /** A certificate and its private key. */
    public static final class Identity {
        private final X509Certificate certificate;
        private final KeyPair keys;

        private Identity(X509Certificate certificate, KeyPair keys) {
            this.certificate = certificate;
            this.keys = keys;
        }

        /** The certificate in PEM. */
        public String certificate() {
            return pem(certificate);
        }

        /** The key in PEM, PKCS#8. */
        public String key() {
            return pem(new PemObject("PRIVATE KEY", keys.getPrivate().getEncoded()));
        }

        /** The key in PEM as older tools write it: PKCS#1 for RSA, SEC 1 for elliptic curves. */
        public String traditionalKey() {
            return keys.getPrivate() instanceof ECKey key ? sec1(key) : pem(keys.getPrivate());
        }

        /** With the curve inside, as RFC 5915 demands of a key that stands alone. */
        private String sec1(ECKey key) {
            var info = PrivateKeyInfo.getInstance(keys.getPrivate().getEncoded());
            try {
                var secret = ECPrivateKey.getInstance(info.parsePrivateKey()).getKey();
                int bits = key.getParams().getOrder().bitLength();
                var parameters = info.getPrivateKeyAlgorithm().getParameters();
                return pem(new PemObject("EC PRIVATE KEY", new ECPrivateKey(bits, secret, parameters).getEncoded()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** For servers that take Java's own objects. */
        public X509Certificate x509() {
            return certificate;
        }

        public KeyPair keys() {
            return keys;
        }
    }

    private static final AtomicLong SERIAL = new AtomicLong(1);

    private final String name = "CN=test authority " + SERIAL.getAndIncrement();
    private final Identity authority;
    private final Identity server;
    private final Instant now = InstantSource.system().instant();

    private TestCertificates() {
        var keys = keyPair("EC", 256);
        authority = new Identity(sign(keys, keys, name, List.of(), true), keys);
        server = issue("localhost", "EC", 256, "localhost", "127.0.0.1");
    }

    /** Makes a new authority, and a server certificate for localhost and 127.0.0.1. */
    public static TestCertificates create() {
        return new TestCertificates();
    }

    /** The authority's certificate in PEM. */
    public String authority() {
        return authority.certificate();
    }

    public Identity server() {
        return server;
    }

    /** A client's certificate with an elliptic curve. */
    public Identity client(String name) {
        return issue(name, "EC", 256);
    }

    /**
     * Signs a certificate.
     *
     * @param algorithm as {@link KeyPairGenerator} knows it: RSA, EC, Ed25519
     * @param bits the key's size; 0 where the algorithm has one only
     * @param names host names or addresses, for servers
     */
    public Identity issue(String subject, String algorithm, int bits, String... names) {
        var keys = keyPair(algorithm, bits);
        return new Identity(sign(authority.keys, keys, "CN=" + subject, List.of(names), false), keys);
    }

    private X509Certificate sign(
            KeyPair signer, KeyPair subject, String subjectName, List<String> names, boolean isAuthority) {
        var builder = new JcaX509v3CertificateBuilder(
                new X500Name(name),
                BigInteger.valueOf(SERIAL.getAndIncrement()),
                Date.from(now.minus(Duration.ofHours(1))),
                Date.from(now.plus(Duration.ofDays(1))),
                new X500Name(subjectName),
                subject.getPublic());
        try {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(isAuthority));
            if (!names.isEmpty()) {
                builder.addExtension(Extension.subjectAlternativeName, false, alternatives(names));
            }
            var contentSigner = new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate());
            return new JcaX509CertificateConverter().getCertificate(builder.build(contentSigner));
        } catch (CertIOException | OperatorCreationException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static GeneralNames alternatives(List<String> names) {
        return new GeneralNames(names.stream()
                .map(name -> new GeneralName(
                        Character.isDigit(name.charAt(0)) ? GeneralName.iPAddress : GeneralName.dNSName, name))
                .toArray(GeneralName[]::new));
    }

    private static KeyPair keyPair(String algorithm, int bits) {
        try {
            var generator = KeyPairGenerator.getInstance(algorithm);
            if (bits > 0) {
                generator.initialize(bits);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(Object object) {
        var text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            writer.writeObject(object);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
