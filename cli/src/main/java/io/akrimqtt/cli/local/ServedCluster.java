package io.akrimqtt.cli.local;

import io.akrimqtt.cli.cluster.rest.ApiServer;
import io.akrimqtt.cli.cluster.rest.Identity;
import io.akrimqtt.cli.cluster.scenario.LocalCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * The API of a local cluster on loopback, and the files by which it is reached: one for people, one for each node's handler, readable
 * by their owner alone. Both end with the run. Thread-safe.
 */
final class ServedCluster implements AutoCloseable {

    private static final String FOR_PEOPLE = "kubeconfig";

    private final ApiServer api;
    private final Path directory;
    private final List<Path> files;

    private ServedCluster(ApiServer api, Path directory, List<Path> files) {
        this.api = api;
        this.directory = directory;
        this.files = List.copyOf(files);
    }

    /**
     * Serves it on a free port.
     *
     * @param directory where the files are written
     */
    static ServedCluster start(LocalCluster cluster, List<String> nodes, Path directory, InstantSource clock)
            throws IOException {
        var api = ApiServer.start(cluster.store(), clock);
        try {
            var files = new ArrayList<Path>();
            files.add(directory.resolve(FOR_PEOPLE));
            api.writeKubeconfig(files.getFirst(), Identity.ADMIN);
            for (var node : nodes) {
                var file = ofHandler(directory, node);
                files.add(file);
                api.writeKubeconfig(file, new Identity(LocalCluster.HANDLER_USER, node));
            }
            return new ServedCluster(api, directory, files);
        } catch (IOException | RuntimeException e) {
            api.close();
            throw e;
        }
    }

    private static Path ofHandler(Path directory, String node) {
        return directory.resolve(FOR_PEOPLE + "-handler-" + node);
    }

    /** For people, who may do everything. */
    Path kubeconfig() {
        return directory.resolve(FOR_PEOPLE);
    }

    /** For the handler of a node, whose token is bound to the node. */
    Path kubeconfig(String node) {
        return ofHandler(directory, node);
    }

    /** Ends all calls, and removes the files. */
    @Override
    public void close() throws IOException {
        api.close();
        for (var file : files) {
            Files.deleteIfExists(file);
        }
    }
}
