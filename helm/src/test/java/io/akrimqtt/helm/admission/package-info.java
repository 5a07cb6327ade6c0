/**
 * What an API server does with admission policies (Kubernetes' ValidatingAdmissionPolicy v1), as far as those of the chart need it:
 * constraints, conditions, parameters, variables, validations and failure policy, in Kubernetes' order, with its CEL dialect.
 * Start with {@link io.akrimqtt.helm.admission.Admission}. It knows nothing of cost limits and of schemas.
 */
@NullMarked
package io.akrimqtt.helm.admission;

import org.jspecify.annotations.NullMarked;
