package io.akrimqtt.messaging.mqtt;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/** Reads PEM: blocks of Base64 between lines of dashes, RFC 7468. What stands between the blocks is ignored. */
final class Pem {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----([^-]*)-----END \\1-----", Pattern.DOTALL);

    /** One block. */
    static final class Block {
        private final String label;
        private final byte[] bytes;

        private Block(String label, byte[] bytes) {
            this.label = label;
            this.bytes = bytes;
        }

        String label() {
            return label;
        }

        byte[] bytes() {
            return bytes.clone();
        }
    }

    private Pem() {}

    /**
     * All blocks of a text.
     *
     * @param what the text's name, for the error
     * @throws IllegalArgumentException where a block is no Base64, without the text
     */
    static List<Block> blocks(String what, String text) {
        var blocks = new ArrayList<Block>();
        var matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            var body = matcher.group(2);
            if (body.contains("Proc-Type:") || body.contains("DEK-Info:")) {
                throw new IllegalArgumentException(what + ": a key with a passphrase (expected: one without, in PEM)");
            }
            try {
                blocks.add(new Block(matcher.group(1), Base64.getMimeDecoder().decode(body)));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        what + ": a block '" + matcher.group(1) + "' that is no Base64 (expected: PEM)", e);
            }
        }
        return blocks;
    }
}
