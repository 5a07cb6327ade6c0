package io.akrimqtt.cli.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/**
 * Akri's agent for one node, on this machine: discovery handlers register at its Unix socket, it calls Discover on them and keeps
 * Instances by Akri's rules. It starts no workloads; the listener is told of each Instance. Thread-safe.
 */
public final class LocalAgent implements AutoCloseable {

    private final LocalAgentSettings settings;
    private final AgentTransport transport;
    private final AgentLoop loop;
    private final Thread thread;

    /** Belongs to the loop once that runs. */
    private RegistrationServer registrations;

    private LocalAgent(LocalAgentSettings settings, AgentTransport transport, AgentLoop loop) throws IOException {
        this.settings = settings;
        this.transport = transport;
        this.loop = loop;
        this.registrations = listen(settings, transport, loop);
        this.thread = Thread.ofVirtual().name("agent").unstarted(loop);
    }

    /**
     * Listens at once; an old socket at the same place is removed.
     *
     * @param api takes the agent's writes; what comes of them has to be told by {@link #seen} and {@link #gone}
     * @param clock best one that never jumps
     * @throws IOException where the socket cannot be made; the message names it
     */
    public static LocalAgent start(
            LocalAgentSettings settings,
            AgentApi api,
            PluginListener kubelet,
            AgentListener listener,
            InstantSource clock)
            throws IOException {
        var transport = AgentTransport.open();
        try {
            var loop = new AgentLoop(settings, transport, api, kubelet, listener, clock);
            var agent = new LocalAgent(settings, transport, loop);
            agent.thread.start();
            return agent;
        } catch (IOException | RuntimeException e) {
            transport.close();
            throw e;
        }
    }

    private static RegistrationServer listen(LocalAgentSettings settings, AgentTransport transport, AgentLoop loop)
            throws IOException {
        return RegistrationServer.start(
                settings.socket(),
                transport,
                (request, answer) -> loop.post(new AgentLoop.Message.Register(request, answer)));
    }

    /** Adds or edits a Configuration. What of an edit has an effect is Akri's rule: see {@link AgentConfiguration}. */
    public void apply(AgentConfiguration configuration) {
        loop.post(new Input.Applied(configuration));
    }

    /** A Configuration is being deleted: its streams end, and the node's finalizer is taken off. */
    public void delete(ConfigurationKey configuration) {
        loop.post(new Input.Deleted(configuration));
    }

    /** What an annotation does to a Configuration: it is looked at again at once, whatever it waits for. */
    public void touch(ConfigurationKey configuration) {
        loop.post(new Input.Touched(configuration));
    }

    /** An Instance is there, of whatever node, new or changed in any way. */
    public void seen(InstanceView instance) {
        loop.post(new Input.InstanceSeen(instance));
    }

    /** An Instance is no more. */
    public void gone(String namespace, String name) {
        loop.post(new Input.InstanceGone(namespace, name));
    }

    /** The kubelet wants a slot for a pod; the answer comes on the agent's thread, and must not wait there. */
    public void allocate(String instance, int slot, Consumer<Allocation> answer) {
        if (!loop.post(new AgentLoop.Message.Allocate(instance, slot, answer))) {
            answer.accept(new Allocation.Denied("the agent is gone"));
        }
    }

    /** The node's Instances as of the last event, by name. */
    public List<Instance> instances() {
        return loop.instances();
    }

    /**
     * Crashes and comes back: registrations, streams and back-offs are gone, the socket is a new one, Instances and Configurations
     * stay. Waits until that is done; not to be called by the listener.
     *
     * @throws IOException where the socket cannot be made again
     */
    public void restart() throws IOException {
        var done = new CompletableFuture<Void>();
        boolean taken = loop.post(new AgentLoop.Message.Do(() -> {
            try {
                registrations.close();
                loop.forget();
                registrations = listen(settings, transport, loop);
                loop.step(new Input.Restarted());
                done.complete(null);
            } catch (IOException e) {
                done.completeExceptionally(e);
            }
        }));
        if (!taken) {
            throw new IOException("the agent is closed");
        }
        try {
            done.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e);
        }
    }

    /**
     * Dies as of SIGKILL: streams and plugins are cut, writes stop where they are, and the socket stays behind, refusing connections.
     *
     * @throws IOException where the socket cannot be left there
     */
    public void kill() throws IOException {
        close();
        try (var stale = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            stale.bind(UnixDomainSocketAddress.of(settings.socket()));
        }
    }

    /** Ends all streams and removes the socket. Instances are no longer looked after, and nothing is told any more. */
    @Override
    public void close() {
        loop.post(new AgentLoop.Message.Stop());
        try {
            thread.join();
            registrations.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            transport.close();
        }
    }
}
