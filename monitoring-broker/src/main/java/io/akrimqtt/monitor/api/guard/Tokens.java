package io.akrimqtt.monitor.api.guard;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.akrimqtt.monitor.access.AccessSettings.TokenSettings;
import io.akrimqtt.monitor.access.Caller;
import java.net.MalformedURLException;
import java.net.URI;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks bearer tokens: JWTs with an asymmetric signature, an issuer, an audience, a subject and an expiry. Thread-safe. */
public final class Tokens {

    private static final Logger LOG = LoggerFactory.getLogger(Tokens.class);

    /** Larger ones are not looked at, in characters. */
    private static final int MAX_LENGTH = 8 * 1024;

    private static final int MAX_GROUPS = 100;

    /** None that a public key could be mistaken for a secret of. */
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    private Tokens(JWKSource<SecurityContext> keys, String issuer, String audience) {
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
        processor.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(
                audience, new JWTClaimsSet.Builder().issuer(issuer).build(), Set.of("sub", "exp")));
    }

    /**
     * With keys from a file, or from a URL that is asked again when a key is not known.
     *
     * @throws IllegalArgumentException where the keys cannot be read; the message holds none of them
     */
    public static Tokens of(TokenSettings settings) {
        return new Tokens(keys(settings), settings.issuer(), settings.audience());
    }

    private static JWKSource<SecurityContext> keys(TokenSettings settings) {
        try {
            return settings.url().isEmpty()
                    ? new ImmutableJWKSet<>(JWKSet.parse(settings.keys()))
                    : JWKSourceBuilder.<SecurityContext>create(
                                    URI.create(settings.url()).toURL())
                            .retrying(true)
                            .build();
        } catch (ParseException | MalformedURLException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "AKRI_MQTT_GRPC_TOKEN_KEYS: cannot be read (expected: a JWK set in JSON, or its https URL)", e);
        }
    }

    /** Whose a token is; empty where it is not in order. */
    Optional<Caller> caller(String token) {
        if (token.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            var claims = processor.process(token, null);
            var subject = String.valueOf(claims.getSubject());
            var titles = new ArrayList<String>();
            titles.add("token:" + subject);
            groups(claims).forEach(group -> titles.add("group:" + group));
            return Optional.of(Caller.proved("token:" + subject, titles));
        } catch (Exception e) {
            LOG.atDebug().addKeyValue("reason", e.getMessage()).log("token is refused");
            return Optional.empty();
        }
    }

    private static List<String> groups(JWTClaimsSet claims) throws ParseException {
        var groups = claims.getStringListClaim("groups");
        return groups == null ? List.of() : groups.stream().limit(MAX_GROUPS).toList();
    }
}
