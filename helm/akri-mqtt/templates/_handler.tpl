{{/* What tells the handler's pods from all others; never to be changed, since a DaemonSet's selector cannot be. */}}
{{- define "akri-mqtt.handlerSelector" -}}
app.kubernetes.io/name: {{ default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
app.kubernetes.io/component: discovery-handler
{{- end -}}

{{- define "akri-mqtt.serviceAccountName" -}}
{{- default (include "akri-mqtt.fullname" .) .Values.handler.serviceAccount.name -}}
{{- end -}}

{{/* The headless Service by which handlers know of each other. */}}
{{- define "akri-mqtt.handlersService" -}}
{{- include "akri-mqtt.fullname" . }}-handlers
{{- end -}}

{{/* An image; takes the root and its values. */}}
{{- define "akri-mqtt.image" -}}
{{- $image := last . -}}
{{- if $image.digest -}}
{{- printf "%s@%s" $image.repository $image.digest -}}
{{- else -}}
{{- printf "%s:%s" $image.repository (default (first .).Chart.AppVersion $image.tag) -}}
{{- end -}}
{{- end -}}

{{/* Whether the handler uses Kubernetes; text of true, or nothing. */}}
{{- define "akri-mqtt.usesKubernetes" -}}
{{- if ne .Values.handler.kubernetes.mode "off" }}true{{ end -}}
{{- end -}}

{{/* Whether Configurations live in known namespaces alone, so that the handler has to write nowhere else; text of true, or nothing. */}}
{{- define "akri-mqtt.namespacesKnown" -}}
{{- if and .Values.gate.enabled .Values.gate.closed }}true{{ end -}}
{{- end -}}

{{/* What the handler writes in namespaces that have Configurations. */}}
{{- define "akri-mqtt.writeRules" -}}
- apiGroups: [akri.sh]
  resources: [configurations]
  verbs: [patch]
- apiGroups: [akri.sh]
  resources: [instances]
  verbs: [delete, patch]
- apiGroups: [events.k8s.io]
  resources: [events]
  verbs: [create, patch]
{{- end -}}
