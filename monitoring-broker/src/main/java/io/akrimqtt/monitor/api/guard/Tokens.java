package io.akrimqtt.monitor.api.guard;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.akrimqtt.monitor.access.AccessSettings.TokenSettings;
import io.akrimqtt.monitor.access.AuditText;
import io.akrimqtt.monitor.access.Caller;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks bearer tokens: JWTs with an asymmetric signature, an issuer, an audience, a subject and an expiry. Where a token says that
 * its key is ({@code jku}, {@code x5u}, {@code jwk}) is never looked at. Thread-safe; may block while keys are fetched.
 */
public final class Tokens {

    private static final Logger LOG = LoggerFactory.getLogger(Tokens.class);

    /** Larger ones are not looked at, in characters. */
    static final int MAX_LENGTH = 8 * 1024;

    /** So many groups of a token count. */
    static final int MAX_GROUPS = 100;

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
    private final TokenKeys keys;

    Tokens(TokenKeys keys, String issuer, String audience, InstantSource clock) {
        this.keys = keys;
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
        // RFC 9068 gives access tokens a type of their own.
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        processor.setJWTClaimsSetVerifier(
                new DefaultJWTClaimsVerifier<>(
                        audience, new JWTClaimsSet.Builder().issuer(issuer).build(), Set.of("sub", "exp")) {
                    @Override
                    protected Date currentTime() {
                        return Date.from(clock.instant());
                    }
                });
    }

    /**
     * With keys from a file, or from a URL that is asked again when a key is not known.
     *
     * @throws IllegalArgumentException where the keys cannot be read; the message holds none of them
     */
    public static Tokens of(TokenSettings settings, InstantSource clock) {
        return new Tokens(TokenKeys.of(settings), settings.issuer(), settings.audience(), clock);
    }

    /**
     * Puts other keys in the place of those of a file.
     *
     * @param text a JWK set in JSON
     * @throws IllegalArgumentException where it cannot be read: what was there stays
     */
    void renew(String text) {
        keys.renew(text);
    }

    /** Whose a token is. */
    Identified caller(String token) {
        if (token.length() > MAX_LENGTH) {
            return new Identified.Wrong();
        }
        try {
            var claims = processor.process(token, null);
            var subject = String.valueOf(claims.getSubject());
            var titles = new ArrayList<String>();
            titles.add("token:" + subject);
            groups(claims).forEach(group -> titles.add("group:" + group));
            return new Identified.As(Caller.proved("token:" + subject, titles));
        } catch (RateLimitReachedException e) {
            // Its key was not known, and the keys were fetched just before.
            return wrong(e);
        } catch (KeySourceException _) {
            return new Identified.Unknown();
        } catch (Exception e) {
            return wrong(e);
        }
    }

    /** The reason is told where it is one of claims; else it may quote what came. */
    private static Identified wrong(Exception e) {
        LOG.atDebug()
                .addKeyValue("error", e.getClass().getSimpleName())
                .addKeyValue("reason", e instanceof BadJWTException ? AuditText.of(String.valueOf(e.getMessage())) : "")
                .log("token is refused");
        return new Identified.Wrong();
    }

    private static List<String> groups(JWTClaimsSet claims) throws ParseException {
        var groups = claims.getStringListClaim("groups");
        return groups == null ? List.of() : groups.stream().limit(MAX_GROUPS).toList();
    }
}
