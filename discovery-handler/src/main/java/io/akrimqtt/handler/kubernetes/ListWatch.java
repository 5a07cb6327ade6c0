package io.akrimqtt.handler.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists all objects of one kind, page by page, and then watches them: again from where it was when a watch ends as watches do, from
 * the list when it failed or its past is gone (410). Failures are retried with a doubling pause with jitter; what is kept stays.
 *
 * <p>One virtual thread; {@link #synced()} and {@link #problem()} are thread-safe. The client's informers would do the same, but log
 * a stack trace at each retry and have no jitter.
 */
final class ListWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ListWatch.class);

    private final Kind kind;
    private final FilterWatchListDeletable<
                    GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>>
            objects;
    private final Kept<?> kept;
    private final WatchTimes times;
    private final RandomGenerator random;
    private final Runnable changed;
    private final Thread thread;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean synced;
    private volatile String problem = "";
    private volatile @Nullable OneWatch current;
    private @Nullable String version;
    private int failures;

    ListWatch(
            Kind kind,
            FilterWatchListDeletable<
                            GenericKubernetesResource,
                            GenericKubernetesResourceList,
                            Resource<GenericKubernetesResource>>
                    objects,
            Kept<?> kept,
            WatchTimes times,
            RandomGenerator random,
            Runnable changed) {
        this.kind = kind;
        this.objects = objects;
        this.kept = kept;
        this.times = times;
        this.random = random;
        this.changed = changed;
        this.thread = Thread.ofVirtual().name("list-" + kind.plural()).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Whether the list is complete and followed. */
    boolean synced() {
        return synced;
    }

    /** Why it is not, or empty. */
    String problem() {
        return problem;
    }

    /** Ends the watch that runs, which may be dead without knowing; lists anew. */
    void restart() {
        @Nullable OneWatch watch = current;
        if (watch != null) {
            watch.abandon();
        }
    }

    private void run() {
        while (closed.getCount() > 0) {
            try {
                if (version == null) {
                    version = list();
                    tell(true, "");
                }
                follow(version);
            } catch (InterruptedException _) {
                return;
            } catch (RuntimeException e) {
                failed(ApiFailure.text(e));
            }
            try {
                if (failures > 0 && closed.await(pause().toNanos(), TimeUnit.NANOSECONDS)) {
                    return;
                }
            } catch (InterruptedException _) {
                return;
            }
        }
    }

    private String list() {
        Set<String> keys = new HashSet<>();
        @Nullable String next = null;
        while (true) {
            var page = objects.list(new ListOptionsBuilder()
                    .withLimit(times.page())
                    .withContinue(next)
                    .build());
            page.getItems().forEach(each -> keys.add(kept.put(each)));
            next = page.getMetadata().getContinue();
            if (next == null || next.isEmpty()) {
                kept.retain(keys);
                changed.run();
                return page.getMetadata().getResourceVersion();
            }
        }
    }

    private void follow(String from) throws InterruptedException {
        var one = new OneWatch(from);
        current = one;
        long seconds = times.watch().toSeconds() + random.nextLong(times.watch().toSeconds() / 4 + 1);
        ListOptions options = new ListOptionsBuilder()
                .withResourceVersion(from)
                .withAllowWatchBookmarks(true)
                .withTimeoutSeconds(seconds)
                .build();
        long began = System.nanoTime();
        try (var _ = objects.watch(options, one)) {
            one.await(Duration.ofSeconds(seconds).plus(times.overdue()));
        } finally {
            current = null;
        }
        boolean lived = one.heard || System.nanoTime() - began >= times.lived().toNanos();
        if (lived) {
            failures = 0;
        }
        if (one.gone || one.abandoned) {
            version = null;
        } else if (lived) {
            version = one.version;
        } else {
            failed(one.failure.isEmpty() ? "the watch ended at once" : one.failure);
        }
    }

    private void failed(String reason) {
        version = null;
        failures++;
        tell(false, reason);
    }

    private Duration pause() {
        long most = Math.min(times.maxRetry().toMillis(), times.retry().toMillis() << Math.min(failures - 1, 16));
        return Duration.ofMillis(most / 2 + random.nextLong(most / 2 + 1));
    }

    private void tell(boolean now, String reason) {
        if (now && !problem.isEmpty()) {
            LOG.atInfo().addKeyValue(LogKey.KIND, kind.title()).log("kubernetes lists them again");
        } else if (!now && !reason.equals(problem)) {
            LOG.atWarn()
                    .addKeyValue(LogKey.KIND, kind.title())
                    .addKeyValue(LogKey.REASON, reason)
                    .log("kubernetes does not tell: trying again");
        }
        boolean differs = synced != now || !reason.equals(problem);
        problem = reason;
        synced = now;
        if (differs) {
            changed.run();
        }
    }

    /** Stops. Idempotent. */
    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
    }

    /** One call of watch; its events come one after the other, on a thread of the client. */
    private final class OneWatch implements Watcher<GenericKubernetesResource> {

        private final CountDownLatch ended = new CountDownLatch(1);
        private volatile String version;
        private volatile String failure = "";
        private volatile boolean heard;
        private volatile boolean gone;
        private volatile boolean abandoned;

        OneWatch(String version) {
            this.version = version;
        }

        @Override
        public void eventReceived(Action action, GenericKubernetesResource resource) {
            if (ended.getCount() == 0) {
                return;
            }
            heard = true;
            switch (action) {
                case ADDED, MODIFIED -> kept.put(resource);
                case DELETED -> kept.remove(resource);
                case BOOKMARK, ERROR -> {
                    // Nothing changed; errors close the watch.
                }
            }
            if (action != Action.ERROR) {
                version = Reading.ref(resource).resourceVersion();
            }
            if (action != Action.BOOKMARK) {
                changed.run();
            }
        }

        @Override
        public void onClose() {
            ended.countDown();
        }

        @Override
        public void onClose(WatcherException cause) {
            gone = cause.isHttpGone();
            KubernetesClientException reason = cause.asClientException();
            failure = ApiFailure.text(reason);
            ended.countDown();
        }

        void abandon() {
            abandoned = true;
            ended.countDown();
        }

        void await(Duration most) throws InterruptedException {
            if (!ended.await(most.toNanos(), TimeUnit.NANOSECONDS)) {
                abandoned = true;
            }
        }
    }
}
