package io.akrimqtt.messaging.mqtt;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import java.util.Map;

/** Reads private keys in PEM: PKCS#8, PKCS#1 (RSA) and SEC 1 (elliptic curves), RFCs 5958, 8017, 5915. */
final class PemKey {

    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA", "RSASSA-PSS");
    private static final Map<String, String> SIGNATURES =
            Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");
    private static final byte[] VERSION_0 = {2, 1, 0};
    /** Algorithm identifier: rsaEncryption, NULL. */
    private static final byte[] RSA = {
        0x30, 0x0d, 0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00
    };
    /** Object identifier: id-ecPublicKey. */
    private static final byte[] EC = {0x06, 0x07, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x02, 0x01};

    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    private static final int PARAMETERS = 0xa0;

    private PemKey() {}

    /**
     * The first private key of a text.
     *
     * @throws IllegalArgumentException where there is none that can be read; the text has no secret
     */
    static PrivateKey read(String what, String text) {
        for (var block : Pem.blocks(what, text)) {
            switch (block.label()) {
                case "PRIVATE KEY" -> {
                    return pkcs8(what, block.bytes());
                }
                case "RSA PRIVATE KEY" -> {
                    return pkcs8(what, wrap(RSA, block.bytes()));
                }
                case "EC PRIVATE KEY" -> {
                    return pkcs8(what, wrap(element(SEQUENCE, EC, curve(what, block.bytes())), block.bytes()));
                }
                case "ENCRYPTED PRIVATE KEY" ->
                    throw new IllegalArgumentException(what + ": a key with a passphrase (expected: one without)");
                default -> {
                    // Parameters or certificates beside the key.
                }
            }
        }
        throw new IllegalArgumentException(what + ": no private key (expected: PEM, PKCS#8, PKCS#1 or SEC 1)");
    }

    /** Whether what one key signs the other one verifies. */
    static boolean belongTogether(PrivateKey privateKey, PublicKey publicKey) {
        var algorithm = SIGNATURES.get(privateKey.getAlgorithm());
        if (algorithm == null) {
            return true;
        }
        try {
            var signature = Signature.getInstance(algorithm);
            signature.initSign(privateKey);
            signature.update(VERSION_0);
            var signed = signature.sign();
            signature.initVerify(publicKey);
            signature.update(VERSION_0);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static PrivateKey pkcs8(String what, byte[] der) {
        for (var algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
            } catch (InvalidKeySpecException e) {
                // Another algorithm's key.
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("this JDK has no " + algorithm, e);
            }
        }
        throw new IllegalArgumentException(
                what + ": a private key of no kind that we know (expected: RSA, EC, Ed25519)");
    }

    private static byte[] wrap(byte[] algorithm, byte[] key) {
        return element(SEQUENCE, VERSION_0, algorithm, element(OCTETS, key));
    }

    /** The curve's object identifier, which SEC 1 keeps behind the key in the element [0]. */
    private static byte[] curve(String what, byte[] sec1) {
        try {
            var sequence = new Der(sec1, 0).enter(SEQUENCE);
            sequence.skip();
            sequence.skip();
            return sequence.enter(PARAMETERS).whole();
        } catch (IndexOutOfBoundsException e) {
            throw new IllegalArgumentException(what + ": an EC key without its curve (expected: SEC 1 or PKCS#8)", e);
        }
    }

    private static byte[] element(int tag, byte[]... parts) {
        var body = new ByteArrayOutputStream();
        for (var part : parts) {
            body.writeBytes(part);
        }
        var out = new ByteArrayOutputStream();
        out.write(tag);
        int length = body.size();
        if (length < 0x80) {
            out.write(length);
        } else {
            int bytes = length < 0x100 ? 1 : (length < 0x10000 ? 2 : 3);
            out.write(0x80 | bytes);
            for (int i = bytes - 1; i >= 0; i--) {
                out.write(length >> (8 * i));
            }
        }
        out.writeBytes(body.toByteArray());
        return out.toByteArray();
    }
}
