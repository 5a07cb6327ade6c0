package io.akrimqtt.cli.cluster.rest;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/**
 * A certificate of 127.0.0.1 that signs itself, its key made anew and kept in memory only. It does not expire: it ends with the
 * process.
 */
record ServerCertificate(KeyPair keys, Certificate certificate) {

    private static final Date FROM = Date.from(Instant.parse("2020-01-01T00:00:00Z"));

    /** RFC 5280, 4.1.2.5: has no well-defined end. */
    private static final Date UNTIL = Date.from(Instant.parse("9999-12-31T23:59:59Z"));

    static ServerCertificate make(SecureRandom random) throws IOException {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            var keys = generator.generateKeyPair();
            return new ServerCertificate(keys, certificate(keys, random));
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot make a certificate for the local API server", e);
        }
    }

    private static Certificate certificate(KeyPair keys, SecureRandom random)
            throws IOException, GeneralSecurityException {
        var algorithm = new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
        var content = content(keys, algorithm, new BigInteger(120, random));
        var signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(keys.getPrivate(), random);
        signature.update(content.getEncoded(ASN1Encoding.DER));
        var signed = new DERSequence(new ASN1Encodable[] {content, algorithm, new DERBitString(signature.sign())});
        return CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(signed.getEncoded(ASN1Encoding.DER)));
    }

    private static TBSCertificate content(KeyPair keys, AlgorithmIdentifier algorithm, BigInteger serial)
            throws IOException {
        var generator = new V3TBSCertificateGenerator();
        var name = new X500Name("CN=akri-mqtt-local");
        generator.setSerialNumber(new ASN1Integer(serial));
        generator.setSignature(algorithm);
        generator.setIssuer(name);
        generator.setSubject(name);
        generator.setStartDate(new Time(FROM));
        generator.setEndDate(new Time(UNTIL));
        generator.setSubjectPublicKeyInfo(
                SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()));
        var loopback = new GeneralNames(new GeneralName(GeneralName.iPAddress, "127.0.0.1"));
        generator.setExtensions(new Extensions(new Extension(
                Extension.subjectAlternativeName, false, new DEROctetString(loopback.getEncoded(ASN1Encoding.DER)))));
        return generator.generateTBSCertificate();
    }

    /** For the server's side of connections. */
    SSLContext context() throws IOException {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("server", keys.getPrivate(), new char[0], new Certificate[] {certificate});
            var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(store, new char[0]);
            var context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot use the certificate of the local API server", e);
        }
    }

    /** For clients, to know the server by. */
    String pem() {
        try {
            var base64 = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
            return "-----BEGIN CERTIFICATE-----\n" + base64.encodeToString(certificate.getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("certificate: its encoding is known", e);
        }
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "ServerCertificate";
    }
}
