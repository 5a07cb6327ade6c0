package io.akrimqtt.monitor.api.guard;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.health.HealthStatus;
import io.akrimqtt.monitor.access.AccessSettings.TokenSettings;
import io.akrimqtt.monitor.access.AuditText;
import java.net.MalformedURLException;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The public keys that tokens are signed with: from a file, or from a URL of the settings. Those of a URL are kept for ten minutes,
 * fetched again before that where a token names a key that is not known (twice in half a minute at most), and kept for as long as
 * the URL does not answer. Thread-safe.
 */
final class TokenKeys implements JWKSource<SecurityContext> {

    private static final Logger LOG = LoggerFactory.getLogger(TokenKeys.class);

    private static final Duration KEPT = Duration.ofMinutes(10);
    private static final Duration FETCH = Duration.ofSeconds(15);

    /** Two fetches in this time. */
    static final Duration RATE = Duration.ofSeconds(30);

    /** Shorter keys are taken for none, in bits. */
    private static final int LEAST_RSA = 2048;

    private volatile JWKSource<SecurityContext> source;

    private TokenKeys(JWKSource<SecurityContext> source) {
        this.source = source;
    }

    /** @throws IllegalArgumentException where keys, URL or authorities cannot be read; the message holds none of them */
    static TokenKeys of(TokenSettings settings) {
        return settings.url().isEmpty() ? new TokenKeys(file(settings.keys())) : ofUrl(settings, KEPT, RATE);
    }

    /**
     * The same with those of a URL.
     *
     * @param kept for how long; longer than {@code rate}
     * @param rate in which they are fetched twice at most
     */
    static TokenKeys ofUrl(TokenSettings settings, Duration kept, Duration rate) {
        return new TokenKeys(url(settings.url(), settings.urlAuthorities(), kept, rate));
    }

    void renew(String text) {
        source = file(text);
    }

    private static JWKSource<SecurityContext> file(String text) {
        try {
            var keys = JWKSet.parse(text).toPublicJWKSet();
            if (keys.getKeys().stream().noneMatch(TokenKeys::strong)) {
                throw new IllegalArgumentException(
                        "AKRI_MQTT_GRPC_TOKEN_KEYS: no key to check a signature with (expected: RSA of at least "
                                + LEAST_RSA + " bits, or EC)");
            }
            return new ImmutableJWKSet<>(keys);
        } catch (ParseException _) {
            throw new IllegalArgumentException(
                    "AKRI_MQTT_GRPC_TOKEN_KEYS: cannot be read (expected: a JWK set in JSON)");
        }
    }

    private static JWKSource<SecurityContext> url(
            String url, @Nullable String authorities, Duration kept, Duration rate) {
        var healthy = new AtomicReference<HealthStatus>(HealthStatus.HEALTHY);
        try {
            return JWKSourceBuilder.<SecurityContext>create(URI.create(url).toURL(), KeyRetriever.trusting(authorities))
                    .retrying(true)
                    .outageTolerantForever()
                    .healthReporting(report -> {
                        var error = report.getException();
                        log(healthy, report.getHealthStatus(), error);
                    })
                    .rateLimited(rate.toMillis())
                    .refreshAheadCache(false)
                    .cache(kept.toMillis(), FETCH.toMillis())
                    .build();
        } catch (MalformedURLException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "AKRI_MQTT_GRPC_TOKEN_KEYS_URL or its authorities cannot be used (expected: https, PEM)", e);
        }
    }

    private static void log(AtomicReference<HealthStatus> last, HealthStatus now, @Nullable Exception error) {
        if (last.getAndSet(now) != now) {
            if (now == HealthStatus.HEALTHY) {
                LOG.atInfo().log("keys of tokens are fetched again");
            } else {
                LOG.atWarn()
                        .addKeyValue("reason", error == null ? "" : AuditText.of(String.valueOf(error.getMessage())))
                        .log("keys of tokens cannot be fetched, those that are known stay");
            }
        }
    }

    @Override
    public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) throws KeySourceException {
        return source.get(selector, context).stream().filter(TokenKeys::strong).toList();
    }

    private static boolean strong(JWK key) {
        return key.getKeyType().equals(KeyType.EC) || (key.getKeyType().equals(KeyType.RSA) && key.size() >= LEAST_RSA);
    }
}
