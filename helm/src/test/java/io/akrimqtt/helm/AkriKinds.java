package io.akrimqtt.helm;

import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;

/** Akri's own resources, for a client that has no classes for them. */
public final class AkriKinds {

    public static final ResourceDefinitionContext INSTANCES = kind("Instance", "instances");
    public static final ResourceDefinitionContext CONFIGURATIONS = kind("Configuration", "configurations");

    private AkriKinds() {}

    private static ResourceDefinitionContext kind(String kind, String plural) {
        return new ResourceDefinitionContext.Builder()
                .withGroup("akri.sh")
                .withVersion("v0")
                .withKind(kind)
                .withPlural(plural)
                .withNamespaced(true)
                .build();
    }
}
