package io.akrimqtt.helm.admission;

import dev.cel.bundle.CelBuilder;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelFunctionOverload;
import java.util.List;

/**
 * The variable {@code authorizer} of Kubernetes' CEL, as far as the chart asks it: {@code group, resource, namespace, name, check,
 * allowed}. It answers from the rights of the request's user; what RBAC makes of them is for a real API server to show.
 */
record Authorizer(List<String> rights, String resource, String namespace, String name, boolean allowed) {

    static final CelType TYPE = OpaqueType.create("kubernetes.authorization.Authorizer");

    static Authorizer of(List<String> rights) {
        return new Authorizer(rights, "", "", "", false);
    }

    static void declare(CelBuilder cel) {
        step(cel, "group", (authorizer, group) -> authorizer);
        step(cel, "resource", (a, resource) -> new Authorizer(a.rights, resource, a.namespace, a.name, false));
        step(cel, "namespace", (a, namespace) -> new Authorizer(a.rights, a.resource, namespace, a.name, false));
        step(cel, "name", (a, name) -> new Authorizer(a.rights, a.resource, a.namespace, name, false));
        step(cel, "check", Authorizer::check);
        cel.addFunctionDeclarations(CelFunctionDecl.newFunctionDeclaration(
                        "allowed", CelOverloadDecl.newMemberOverload("authorizer_allowed", SimpleType.BOOL, TYPE)))
                .addFunctionBindings(
                        CelFunctionBinding.from("authorizer_allowed", Authorizer.class, Authorizer::allowed));
    }

    private static void step(CelBuilder cel, String name, CelFunctionOverload.Binary<Authorizer, String> step) {
        var overload = "authorizer_" + name;
        cel.addFunctionDeclarations(CelFunctionDecl.newFunctionDeclaration(
                        name, CelOverloadDecl.newMemberOverload(overload, TYPE, TYPE, SimpleType.STRING)))
                .addFunctionBindings(CelFunctionBinding.from(overload, Authorizer.class, String.class, step));
    }

    private Authorizer check(String verb) {
        var allowed = verb.equals("get") && rights.contains(resource + "/" + namespace + "/" + name);
        return new Authorizer(rights, resource, namespace, name, allowed);
    }
}
