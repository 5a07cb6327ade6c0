package io.akrimqtt.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The same tables on a real API server with Akri's CRDs, which {@code KUBECONFIG} names and where we are administrators: its CEL is
 * stricter and counts cost, its authoriser is RBAC.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiServerTest {

    private @Nullable RealApi api;

    @BeforeAll
    void start() {
        assumeTrue(
                System.getenv("KUBECONFIG") != null,
                "needs KUBECONFIG, with administrator's rights, for a cluster with Akri's CRDs");
        api = RealApi.start(RandomGenerator.getDefault());
        int node = api.longestNode().length();
        assumeTrue(node >= 1 && node <= 39, "needs nodes, with names of at most 39 characters");
    }

    @AfterEach
    void clear() {
        api().clear();
    }

    @AfterAll
    void stop() {
        if (api != null) {
            api.close();
        }
    }

    private RealApi api() {
        return java.util.Objects.requireNonNull(api);
    }

    @Test
    void kubernetes_finds_nothing_wrong_with_types() {
        assertThat(api().typeWarnings())
                .hasSize(6)
                .allSatisfy((policy, warnings) -> assertThat(warnings).isEqualTo(List.of()));
    }

    @Nested
    class Guard extends GuardTable {
        @Override
        Api api() {
            return ApiServerTest.this.api();
        }
    }

    @Nested
    class Gate extends GateTable {
        @Override
        Api api() {
            return ApiServerTest.this.api();
        }
    }

    @Nested
    class Fence extends FenceTable {
        @Override
        Api api() {
            return ApiServerTest.this.api();
        }
    }
}
