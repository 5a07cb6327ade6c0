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
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of our sockets in the directory that we share with Akri's agent. A successor serves before its predecessor leaves, so
 * there are several names; they are few and fixed, since the agent keeps each name that was ever registered until it has failed to
 * connect to it, and each such failure holds all our Configurations of the node up. A name that is registered again replaces its
 * older self there.
 */
public final class HandlerSocket {

    /** How many processes of one node can serve at the same time: two in an upgrade, more where some do not end. */
    static final int NAMES = 8;

    private static final Logger LOG = LoggerFactory.getLogger(HandlerSocket.class);

    /** A file younger than this may be of a process that has bound it and does not listen yet. */
    private static final Duration YOUNG = Duration.ofSeconds(10);

    private HandlerSocket() {}

    /** {@code <directory>/<name>-0.sock} and so on, in the order in which they are taken. */
    static List<Path> all(Path directory, String name) {
        return IntStream.range(0, NAMES)
                .mapToObj(number -> directory.resolve(name + "-" + number + ".sock"))
                .toList();
    }

    /** Whether a process may listen there: nothing is there, or a socket behind which nobody listens. */
    static boolean free(Path socket) {
        if (Files.notExists(socket)) {
            return true;
        }
        return !Files.isRegularFile(socket) && !Files.isDirectory(socket) && deserted(socket);
    }

    private static boolean deserted(Path socket) {
        try {
            SocketChannel.open(UnixDomainSocketAddress.of(socket)).close();
            return false;
        } catch (ConnectException _) {
            return true;
        } catch (IOException _) {
            return Files.notExists(socket);
        }
    }

    /**
     * Deletes what predecessors of this name have left: sockets behind which nobody listens, those that older versions called
     * {@code <name>-<8 hexadecimal digits>.sock} among them.
     *
     * @param now by the wall's clock, which files are dated by
     */
    public static void removeStale(Path directory, String name, Instant now) {
        var ours = Pattern.compile(Pattern.quote(name) + "-([0-9a-f]{8}|[0-" + (NAMES - 1) + "])\\.sock");
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
        return age.compareTo(YOUNG) >= 0 && free(file);
    }

    /** What is wrong with a directory and a name for our sockets, one sentence each; none where nothing is. */
    public static List<String> problems(Path directory, String name) {
        if (!Files.isDirectory(directory)) {
            return List.of("is no directory");
        }
        int bytes = all(directory, name).getFirst().toAbsolutePath().toString().getBytes(StandardCharsets.UTF_8).length;
        return bytes > 107 ? List.of("makes socket paths of " + bytes + " bytes, Linux takes 107") : List.of();
    }
}
