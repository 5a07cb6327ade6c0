package io.akrimqtt.handler.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.handler.caretaker.Action.Outcome;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiFailureTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "403|instances.akri.sh \"x\" is forbidden: User \"system:serviceaccount:akri:h\" cannot patch resource \"instances\" in API group \"akri.sh\" in the namespace \"default\"|FORBIDDEN",
                "403|instances.akri.sh \"x\" is forbidden: User \"u\" cannot list resource \"instances\" in API group \"akri.sh\" at the cluster scope: RBAC: clusterrole.rbac.authorization.k8s.io \"r\" not found|FORBIDDEN",
                "403|instances.akri.sh \"x\" is forbidden: ValidatingAdmissionPolicy 'akri-mqtt-guard' with binding 'akri-mqtt-guard' denied request: not released on node-a|REFUSED",
                "422|instances.akri.sh \"x\" is forbidden: ValidatingAdmissionPolicy 'akri-mqtt-guard' with binding 'akri-mqtt-guard' denied request: metadata.uid: precondition|REFUSED",
                "403|instances.akri.sh \"x\" is forbidden: ValidatingAdmissionPolicy 'fence' with binding 'fence' denied request: \"h\" cannot release resource \"x\"|REFUSED",
                "403|admission webhook \"policy.example\" denied the request: no|REFUSED",
                "403|instances.akri.sh \"x\" is forbidden: unable to create new content in namespace x because it is being terminated|REFUSED",
                "422|Instance.akri.sh \"x\" is invalid: metadata.uid: Invalid value: \"b\": field is immutable|CONFLICT",
                "422|Instance.akri.sh \"x\" is invalid: metadata.labels: Invalid value: \"?\"|REFUSED",
                "404|instances.akri.sh \"x\" not found|CONFLICT",
                "409|the object has been modified|CONFLICT",
                "412|Precondition failed|CONFLICT",
                "410|too old|CONFLICT",
                "400|bad|REFUSED",
                "413|too large|REFUSED",
                "401|Unauthorized|UNREACHABLE",
                "429|too many requests|UNREACHABLE",
                "500|etcdserver: request timed out|UNREACHABLE",
                "503|unavailable|UNREACHABLE",
                "504|timeout|UNREACHABLE",
            })
    void an_answer_is_told_by_what_can_be_done_about_it(int code, String message, Outcome outcome) {
        assertThat(ApiFailure.outcome(failure(code, message, 0))).isEqualTo(outcome);
    }

    @Test
    void no_answer_is_unreachable() {
        assertThat(ApiFailure.outcome(new KubernetesClientException("x", new IOException("reset"))))
                .isEqualTo(Outcome.UNREACHABLE);
        assertThat(ApiFailure.outcome(new IllegalStateException("closed"))).isEqualTo(Outcome.UNREACHABLE);
    }

    @Test
    void a_server_that_wants_to_be_left_alone_is_but_not_for_ever() {
        assertThat(ApiFailure.retryAfter(failure(429, "x", 3))).isEqualTo(Duration.ofSeconds(3));
        assertThat(ApiFailure.retryAfter(failure(429, "x", 86_400))).isEqualTo(Duration.ofSeconds(30));
        assertThat(ApiFailure.retryAfter(failure(429, "x", -1))).isZero();
        assertThat(ApiFailure.retryAfter(new IllegalStateException("x"))).isZero();
    }

    @Test
    void its_text_is_the_server_s_on_one_line_and_cut() {
        assertThat(ApiFailure.text(failure(403, "no\n  way", 0))).isEqualTo("403 no way");
        assertThat(ApiFailure.text(failure(403, "x".repeat(1000), 0)))
                .hasSize(301)
                .endsWith("…");
        assertThat(ApiFailure.text(new KubernetesClientException("GET https://h/…", new IOException("reset"))))
                .isEqualTo("reset");
    }

    private static KubernetesClientException failure(int code, String message, int retryAfter) {
        var status = new StatusBuilder().withCode(code).withMessage(message);
        if (retryAfter != 0) {
            status.withNewDetails().withRetryAfterSeconds(retryAfter).endDetails();
        }
        return new KubernetesClientException(status.build());
    }
}
