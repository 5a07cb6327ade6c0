package io.akrimqtt.messaging.mqtt;

import io.akrimqtt.messaging.client.TlsOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;

/** Makes what TLS needs of PEM texts, with the JDK's own classes. */
final class Trust {

    /** For key stores that live in memory only. */
    private static final char[] NO_PASSWORD = {};

    private Trust() {}

    /** Whom to trust, or empty for those that the JDK trusts. */
    static Optional<TrustManagerFactory> trustManagers(TlsOptions tls) {
        if (tls.insecureSkipVerify()) {
            return Optional.of(TrustEverybody.factory());
        }
        var authorities = tls.authorities();
        if (authorities == null) {
            return Optional.empty();
        }
        try {
            var store = emptyStore();
            int number = 0;
            for (var certificate : certificates("authorities", authorities)) {
                store.setCertificateEntry("authority-" + number++, certificate);
            }
            var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return Optional.of(factory);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("authorities: cannot be used: " + e.getMessage(), e);
        }
    }

    /** Who we are, or empty for nobody in particular. */
    static Optional<KeyManagerFactory> keyManagers(TlsOptions tls) {
        var certificate = tls.certificate();
        var key = tls.key();
        if (certificate == null && key == null) {
            return Optional.empty();
        }
        if (certificate == null || key == null) {
            throw new IllegalArgumentException(
                    (key == null ? "certificate: comes without its key" : "key: comes without its certificate")
                            + " (expected: both or none)");
        }
        try {
            var store = emptyStore();
            var chain = certificates("certificate", certificate).toArray(new Certificate[0]);
            var privateKey = PemKey.read("key", key);
            if (!PemKey.belongTogether(privateKey, chain[0].getPublicKey())) {
                throw new IllegalArgumentException(
                        "key: does not belong to the certificate (expected: its private key)");
            }
            store.setKeyEntry("client", privateKey, NO_PASSWORD, chain);
            var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, NO_PASSWORD);
            return Optional.of(factory);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("certificate and key: cannot be used together: " + e.getMessage(), e);
        }
    }

    private static KeyStore emptyStore() throws GeneralSecurityException {
        var store = KeyStore.getInstance("PKCS12");
        try {
            store.load(null, NO_PASSWORD);
        } catch (IOException e) {
            throw new IllegalStateException("an empty key store is never read", e);
        }
        return store;
    }

    private static List<Certificate> certificates(String what, String text) {
        var certificates = new ArrayList<Certificate>();
        try {
            var factory = CertificateFactory.getInstance("X.509");
            for (var block : Pem.blocks(what, text)) {
                if (block.label().endsWith("CERTIFICATE")) {
                    certificates.add(factory.generateCertificate(new ByteArrayInputStream(block.bytes())));
                }
            }
        } catch (CertificateException e) {
            throw new IllegalArgumentException(
                    what + ": block " + (certificates.size() + 1) + " is no certificate (expected: X.509 in PEM)", e);
        }
        if (certificates.isEmpty()) {
            throw new IllegalArgumentException(
                    what + ": no certificate (expected: PEM with '-----BEGIN CERTIFICATE-----')");
        }
        return certificates;
    }
}
