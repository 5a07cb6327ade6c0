package io.akrimqtt.helm;

import static org.awaitility.Awaitility.await;

import io.akrimqtt.helm.admission.Request.User;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import io.fabric8.kubernetes.api.model.rbac.SubjectBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** What the test's people may do, by RBAC. Confined to its test class. */
final class RealRights {

    private static final String RBAC = "rbac.authorization.k8s.io";

    private final KubernetesClient client;
    private final String name;

    RealRights(KubernetesClient client, String name) {
        this.client = client;
        this.name = name;
    }

    /** Everything with objects of Akri in the test's namespaces: what is refused, admission has refused. */
    void grantAkri(List<User> users) {
        var rule = new PolicyRuleBuilder()
                .withApiGroups("akri.sh")
                .withResources("*")
                .withVerbs("*")
                .build();
        client.resource(new ClusterRoleBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .withRules(rule)
                        .build())
                .create();
        client.resource(new ClusterRoleBindingBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .withNewRoleRef(RBAC, "ClusterRole", name)
                        .withSubjects(users.stream().map(RealRights::subject).toList())
                        .build())
                .create();
    }

    private static Subject subject(User user) {
        return new SubjectBuilder()
                .withApiGroup(RBAC)
                .withKind("User")
                .withName(user.name())
                .build();
    }

    /** Lets the person read {@code resource/namespace/name}, and waits until that is so. */
    void grant(List<String> rights) {
        rights.stream()
                .map(Right::of)
                .collect(Collectors.groupingBy(Right::namespace))
                .forEach((namespace, here) -> {
                    client.resource(new RoleBuilder()
                                    .withNewMetadata()
                                    .withName(name)
                                    .withNamespace(namespace)
                                    .endMetadata()
                                    .withRules(here.stream().map(Right::rule).toList())
                                    .build())
                            .create();
                    client.resource(new RoleBindingBuilder()
                                    .withNewMetadata()
                                    .withName(name)
                                    .withNamespace(namespace)
                                    .endMetadata()
                                    .withNewRoleRef(RBAC, "Role", name)
                                    .withSubjects(subject(Samples.PERSON))
                                    .build())
                            .create();
                });
        awaitAllowed(rights, true);
    }

    void revoke(List<String> rights) {
        rights.stream().map(Right::of).map(Right::namespace).distinct().forEach(this::revokeIn);
        awaitAllowed(rights, false);
    }

    private void revokeIn(String namespace) {
        client.rbac().roleBindings().inNamespace(namespace).withName(name).delete();
        client.rbac().roles().inNamespace(namespace).withName(name).delete();
    }

    private void awaitAllowed(List<String> rights, boolean allowed) {
        rights.forEach(right -> await().atMost(Duration.ofSeconds(60))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> client.resource(Right.of(right).review())
                                .create()
                                .getStatus()
                                .getAllowed()
                        == allowed));
    }

    void close() {
        revokeIn("default");
        client.rbac().clusterRoleBindings().withName(name).delete();
        client.rbac().clusterRoles().withName(name).delete();
    }

    private record Right(String resource, String namespace, String name) {

        static Right of(String text) {
            var parts = text.split("/", -1);
            return new Right(parts[0], parts[1], parts[2]);
        }

        PolicyRule rule() {
            return new PolicyRuleBuilder()
                    .withApiGroups("")
                    .withResources(resource)
                    .withResourceNames(name)
                    .withVerbs("get")
                    .build();
        }

        SubjectAccessReview review() {
            return new SubjectAccessReviewBuilder()
                    .withNewSpec()
                    .withUser(Samples.PERSON.name())
                    .withNewResourceAttributes()
                    .withVerb("get")
                    .withResource(resource)
                    .withNamespace(namespace)
                    .withName(name)
                    .endResourceAttributes()
                    .endSpec()
                    .build();
        }
    }
}
