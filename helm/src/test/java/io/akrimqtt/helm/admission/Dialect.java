package io.akrimqtt.helm.admission;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.validator.CelValidatorFactory;
import dev.cel.validator.validators.HomogeneousLiteralValidator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Kubernetes' CEL: the standard, strings and optionals, and no lists or maps of mixed types. Objects are dynamic, variables have the
 * type of their expression, as in the API server.
 */
final class Dialect {

    private final Map<String, CelType> variables = new LinkedHashMap<>();

    /** An expression, ready to run. */
    record Compiled(String text, CelType type, CelRuntime.Program program) {}

    /** Makes a variable known to what is compiled from now on. */
    Compiled variable(String name, String text) {
        var compiled = compile(text);
        variables.put("variables." + name, compiled.type());
        return compiled;
    }

    /** Compiles an expression of that type; what is merely dynamic is refused, as the API server does. */
    Compiled compile(String text, CelType expected) {
        var compiled = compile(text);
        if (!compiled.type().equals(expected)) {
            throw new IllegalArgumentException(
                    text + ": " + compiled.type().name() + " (expected: " + expected.name() + ")");
        }
        return compiled;
    }

    private Compiled compile(String text) {
        var cel = environment();
        try {
            var result = cel.compile(text);
            var ast = result.getAst();
            var findings = CelValidatorFactory.standardCelValidatorBuilder(cel)
                    .addAstValidators(HomogeneousLiteralValidator.newInstance())
                    .build()
                    .validate(ast);
            if (findings.hasError()) {
                throw new IllegalArgumentException(text + ": " + findings.getErrorString());
            }
            return new Compiled(text, ast.getResultType(), cel.createProgram(ast));
        } catch (CelValidationException | CelEvaluationException e) {
            throw new IllegalArgumentException(text + ": " + e.getMessage(), e);
        }
    }

    private Cel environment() {
        var builder = CelFactory.plannerCelBuilder()
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addCompilerLibraries(CelExtensions.optional(), CelExtensions.strings())
                .addRuntimeLibraries(CelExtensions.optional(), CelExtensions.strings())
                .addVar("object", SimpleType.DYN)
                .addVar("oldObject", SimpleType.DYN)
                .addVar("params", SimpleType.DYN)
                .addVar("request", SimpleType.DYN)
                .addVar("authorizer", Authorizer.TYPE);
        Authorizer.declare(builder);
        variables.forEach(builder::addVar);
        return builder.build();
    }
}
