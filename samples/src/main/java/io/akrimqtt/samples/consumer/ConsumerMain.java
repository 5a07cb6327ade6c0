package io.akrimqtt.samples.consumer;

import io.akrimqtt.serving.ListenAddress;
import io.akrimqtt.serving.ListenAddress.Tcp;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.Security;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Prints what all devices of a Configuration publish, until it is stopped. */
public final class ConsumerMain {

    private static final int USAGE_ERROR = 2;
    private static final int LOOK_SECONDS = 5;

    private static final String USAGE = """
            Usage: ConsumerMain SERVICE:PORT

              SERVICE   a name that stands for all monitoring brokers: that of a Configuration's Service without an address of its
                        own, for example factory-svc.default
              PORT      of their gRPC, for example 6052
            """;

    private ConsumerMain() {}

    /** Exit code 2 for arguments that are wrong. */
    public static void main(String[] args) throws InterruptedException {
        if (args.length != 1
                || ListenAddress.problem(args[0]).isPresent()
                || !(ListenAddress.parse(args[0]) instanceof Tcp(var host, var port))) {
            System.err.print(USAGE);
            System.exit(USAGE_ERROR);
            return;
        }
        // A name that stood for nobody is asked for again at once: Java would believe it for 10 s.
        Security.setProperty("networkaddress.cache.negative.ttl", "0");
        Security.setProperty("networkaddress.cache.ttl", "1");
        var consumer = new Consumer(() -> addresses(host), port, System.out::println);
        var stop = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(stop::countDown, "stop"));
        try (consumer) {
            do {
                consumer.look();
            } while (!stop.await(LOOK_SECONDS, TimeUnit.SECONDS));
        }
    }

    /** As DNS tells them now; none while the Service has no workload that is ready. */
    private static List<String> addresses(String host) {
        try {
            return Arrays.stream(InetAddress.getAllByName(host))
                    .map(InetAddress::getHostAddress)
                    .collect(Collectors.toList());
        } catch (UnknownHostException _) {
            return List.of();
        }
    }
}
