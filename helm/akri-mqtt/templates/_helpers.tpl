{{- define "akri-mqtt.fullname" -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- $full := ternary .Release.Name (printf "%s-%s" .Release.Name $name) (contains $name .Release.Name) -}}
{{- default $full .Values.fullnameOverride | trunc 48 | trimSuffix "-" -}}
{{- end -}}

{{- define "akri-mqtt.labels" -}}
app.kubernetes.io/name: {{ default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service | quote }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | quote }}
{{- end -}}

{{/* What follows is CEL. Texts from values go in as JSON strings, which are CEL strings too. */}}

{{/* The user name of the handler, not yet as CEL. */}}
{{- define "akri-mqtt.handlerUser" -}}
{{- $account := .Values.handler.serviceAccount -}}
{{- $name := default (include "akri-mqtt.fullname" .) $account.name -}}
{{- printf "system:serviceaccount:%s:%s" (default .Release.Namespace $account.namespace) $name -}}
{{- end -}}

{{/* The namespaces where Configurations live, as a JSON list. */}}
{{- define "akri-mqtt.namespaces" -}}
{{- default (list .Release.Namespace "default") .Values.gate.namespaces | uniq | toJson -}}
{{- end -}}

{{/* The node of the pod that the caller's token was made for; empty where the token names none. */}}
{{- define "akri-mqtt.ownNode" -}}
request.userInfo.?extra[?"authentication.kubernetes.io/node-name"][?0].orValue("")
{{- end -}}

{{/* Whether an Instance carries our mark; takes "object" or "oldObject". */}}
{{- define "akri-mqtt.marked" -}}
{{ . }}.?spec.?brokerProperties[?"MQTT_REPORTED_BY"].orValue("") == "akri-mqtt"
{{- end -}}

{{/* Whether a request changes what a Configuration says: agents write finalizers, and must not be held up. */}}
{{- define "akri-mqtt.specChanges" -}}
request.operation == "CREATE" || object.?spec != oldObject.?spec
{{- end -}}

{{/* A binding without conditions of its own, for the policy of that name; takes the root and a suffix. */}}
{{- define "akri-mqtt.binding" -}}
{{- $name := printf "%s-%s" (include "akri-mqtt.fullname" (first .)) (last .) -}}
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata:
  name: {{ $name }}
  labels:
    {{- include "akri-mqtt.labels" (first .) | nindent 4 }}
spec:
  policyName: {{ $name }}
  validationActions: [Deny]
{{- end -}}

{{/* A regular expression (RE2) for a YAML key, plain or quoted, in block or flow style, that names a credential. */}}
{{- define "akri-mqtt.secretKey" -}}
(?i)(^|[\n{,[])[\s-]*["']?[\w.-]*(passw|passphrase|secret|token|private_?key)[\w.-]*(["']\s*:|\s*:(\s|$))
{{- end -}}
