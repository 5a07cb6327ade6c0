package io.akrimqtt.handler.akri;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of our sockets in the directory that we share with Akri's agent. Each process has a name of its own, so that a
 * successor can serve before its predecessor leaves.
 */
public final class HandlerSocket {

    private static final Logger LOG = LoggerFactory.getLogger(HandlerSocket.class);

    /** A file younger than this may be of a process that has bound it and does not listen yet. */
    private static final Duration YOUNG = Duration.ofSeconds(10);

    private HandlerSocket() {}

    /** A new path: {@code <directory>/<name>-<8 hexadecimal digits>.sock}. */
    public static Path choose(Path directory, String name, RandomGenerator random) {
        return directory.resolve(name + "-" + HexFormat.of().toHexDigits(random.nextInt()) + ".sock");
    }

    /**
     * Deletes what predecessors of this name have left: sockets behind which nobody listens.
     *
     * @param now by the wall's clock, which files are dated by
     */
    public static void removeStale(Path directory, String name, Instant now) {
        var ours = Pattern.compile(Pattern.quote(name) + "-[0-9a-f]{8}\\.sock");
        try (var files = Files.list(directory)) {
            for (var file : files.filter(
                            path -> ours.matcher(path.getFileName().toString()).matches())
                    .toList()) {
                if (stale(file, now)) {
                    Files.deleteIfExists(file);
                    LOG.atInfo().addKeyValue("socket", file).log("stale socket removed");
                }
            }
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("reason", String.valueOf(e.getMessage())).log("stale sockets were not looked for");
        }
    }

    private static boolean stale(Path file, Instant now) throws IOException {
        var age = Duration.between(Files.getLastModifiedTime(file).toInstant(), now);
        if (Files.isRegularFile(file) || Files.isDirectory(file) || age.compareTo(YOUNG) < 0) {
            return false;
        }
        try {
            SocketChannel.open(UnixDomainSocketAddress.of(file)).close();
            return false;
        } catch (ConnectException _) {
            return true;
        }
    }

    /** What is wrong with a directory and a name for our sockets, one sentence each; none where nothing is. */
    public static List<String> problems(Path directory, String name) {
        if (!Files.isDirectory(directory)) {
            return List.of("is no directory");
        }
        int bytes = directory
                .resolve(name + "-00000000.sock")
                .toAbsolutePath()
                .toString()
                .getBytes(StandardCharsets.UTF_8)
                .length;
        return bytes > 107 ? List.of("makes socket paths of " + bytes + " bytes, Linux takes 107") : List.of();
    }
}
