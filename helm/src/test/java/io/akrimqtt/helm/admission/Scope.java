package io.akrimqtt.helm.admission;

import dev.cel.common.values.NullValue;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelVariableResolver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What expressions can name while one request is looked at. Variables are computed when they are first asked for, and once. */
final class Scope implements CelVariableResolver {

    private final Map<String, Object> values = new HashMap<>();
    private final Map<String, Dialect.Compiled> variables;

    Scope(Request request, @Nullable Map<String, Object> params, Map<String, Dialect.Compiled> variables) {
        this.variables = variables;
        values.put("request", cel(request.toCel()));
        values.put("object", cel(request.object()));
        values.put("oldObject", cel(request.oldObject()));
        values.put("params", cel(params));
        values.put("authorizer", Authorizer.of(request.user().rights()));
    }

    Object evaluate(Dialect.Compiled expression) throws CelEvaluationException {
        return expression.program().eval(this);
    }

    @Override
    public Optional<Object> find(String name) {
        var variable = name.startsWith("variables.") ? variables.get(name.substring("variables.".length())) : null;
        if (variable != null && !values.containsKey(name)) {
            try {
                values.put(name, evaluate(variable));
            } catch (CelEvaluationException e) {
                throw new IllegalStateException(name + ": " + e.getMessage(), e);
            }
        }
        return Optional.ofNullable(values.get(name));
    }

    /** JSON as CEL has it: null is a value, and all whole numbers are long. */
    private static Object cel(@Nullable Object json) {
        return switch (json) {
            case null -> NullValue.NULL_VALUE;
            case Integer number -> number.longValue();
            case Map<?, ?> map -> {
                var copy = new LinkedHashMap<String, Object>();
                map.forEach((key, value) -> copy.put((String) key, cel(value)));
                yield copy;
            }
            case List<?> list -> {
                var copy = new ArrayList<Object>();
                list.forEach(value -> copy.add(cel(value)));
                yield copy;
            }
            default -> json;
        };
    }
}
