package io.akrimqtt.helm.admission;

import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.Validation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One policy, compiled once. */
final class Policy {

    private final ValidatingAdmissionPolicy source;
    private final List<Dialect.Compiled> conditions = new ArrayList<>();
    private final Map<String, Dialect.Compiled> variables = new LinkedHashMap<>();
    private final List<Check> checks = new ArrayList<>();

    private record Check(Validation source, Dialect.Compiled expression, Dialect.@Nullable Compiled message) {}

    private enum Applies {
        YES,
        NO,
        ERROR
    }

    Policy(ValidatingAdmissionPolicy source) {
        this.source = source;
        var dialect = new Dialect();
        // Conditions come first, and so cannot name variables.
        source.getSpec()
                .getMatchConditions()
                .forEach(each -> conditions.add(dialect.compile(each.getExpression(), SimpleType.BOOL)));
        source.getSpec()
                .getVariables()
                .forEach(each -> variables.put(each.getName(), dialect.variable(each.getName(), each.getExpression())));
        source.getSpec().getValidations().forEach(each -> checks.add(check(dialect, each)));
    }

    private static Check check(Dialect dialect, Validation source) {
        var message = source.getMessageExpression();
        return new Check(
                source,
                dialect.compile(source.getExpression(), SimpleType.BOOL),
                message == null ? null : dialect.compile(message, SimpleType.STRING));
    }

    String name() {
        return source.getMetadata().getName();
    }

    boolean constrains(Request request) {
        return source.getSpec().getMatchConstraints().getResourceRules().stream()
                .anyMatch(rule -> rule.getApiGroups().contains("akri.sh")
                        && rule.getApiVersions().contains("v0")
                        && rule.getResources().contains(request.resource())
                        && rule.getOperations().contains(request.operation().name()));
    }

    /** Whether objects of that kind are its parameters. */
    boolean takes(String kind) {
        return source.getSpec().getParamKind() != null
                && source.getSpec().getParamKind().getKind().equals(kind);
    }

    /** Decides for one parameter, null where the policy has none. */
    Verdict decide(Request request, @Nullable Map<String, Object> params) {
        var scope = new Scope(request, params, variables);
        return switch (applies(scope)) {
            case NO -> Verdict.ALLOWED;
            case ERROR -> failed("a condition cannot be evaluated");
            case YES ->
                checks.stream()
                        .map(check -> decide(check, scope))
                        .filter(verdict -> !verdict.allowed())
                        .findFirst()
                        .orElse(Verdict.ALLOWED);
        };
    }

    /** A condition that says no outweighs one that fails. */
    private Applies applies(Scope scope) {
        var applies = Applies.YES;
        for (var condition : conditions) {
            try {
                if (scope.evaluate(condition).equals(false)) {
                    return Applies.NO;
                }
            } catch (CelEvaluationException | RuntimeException e) {
                applies = Applies.ERROR;
            }
        }
        return applies;
    }

    private Verdict decide(Check check, Scope scope) {
        try {
            if (scope.evaluate(check.expression()).equals(true)) {
                return Verdict.ALLOWED;
            }
        } catch (CelEvaluationException | RuntimeException e) {
            return failed("expression '%s' resulted in error: %s"
                    .formatted(check.expression().text(), e.getMessage()));
        }
        var reason = Objects.requireNonNullElse(check.source().getReason(), "Invalid");
        return Verdict.refused(name(), reason, message(check, scope));
    }

    private static String message(Check check, Scope scope) {
        var expression = check.message();
        try {
            var text = expression == null ? "" : (String) scope.evaluate(expression);
            return text.isBlank() || text.contains("\n") ? check.source().getMessage() : text;
        } catch (CelEvaluationException | RuntimeException e) {
            return check.source().getMessage();
        }
    }

    private Verdict failed(String why) {
        return source.getSpec().getFailurePolicy().equals("Ignore")
                ? Verdict.ALLOWED
                : Verdict.refused(name(), "Invalid", why);
    }
}
