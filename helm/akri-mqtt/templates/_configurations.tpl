{{/* What a Configuration's workloads are like, as JSON: `monitoringBroker`, and over it the Configuration's own; takes the root and the Configuration. */}}
{{- define "akri-mqtt.workload" -}}
{{- $own := default dict (last .).monitoringBroker -}}
{{- $workload := mergeOverwrite (deepCopy (first .).Values.monitoringBroker) (deepCopy $own) -}}
{{/* Overwriting leaves out what is false. */}}
{{- if hasKey $own "enabled" }}{{ $_ := set $workload "enabled" $own.enabled }}{{ end -}}
{{- range $key, $value := default dict $own.services }}{{ $_ := set $workload.services $key $value }}{{ end -}}
{{- toJson $workload -}}
{{- end -}}

{{/* The Secret of one set of credentials; takes the root, the Configuration, the set's name and the set. */}}
{{- define "akri-mqtt.secretName" -}}
{{- $made := printf "%s-%s-%s" (include "akri-mqtt.fullname" (index . 0)) (index . 1).name (index . 2 | replace "_" "-") -}}
{{- default $made (index . 3).secret -}}
{{- end -}}

{{/* Which keys of the Secret hold what, as JSON; takes a set of credentials. */}}
{{- define "akri-mqtt.secretKeys" -}}
{{- $set := . -}}
{{- $keys := dict -}}
{{- range list "username" "password" "ca" "cert" "key" -}}
{{- if index $set . }}{{ $_ := set $keys . . }}{{ end -}}
{{- end -}}
{{- if .secret -}}
{{- $keys = default (dict "username" "username" "password" "password") .keys -}}
{{- end -}}
{{- toJson $keys -}}
{{- end -}}

{{/* Who uses a set of credentials, as a JSON list; takes the set's name and the set. */}}
{{- define "akri-mqtt.usedBy" -}}
{{- $standard := ternary (list "handler" "workloads") (list "handler") (eq (first .) "mqtt") -}}
{{- default $standard (last .).for | toJson -}}
{{- end -}}

{{/* The discoveryProperties, as a JSON list; takes the root and the Configuration. */}}
{{- define "akri-mqtt.discoveryProperties" -}}
{{- $root := first . -}}
{{- $configuration := last . -}}
{{- $properties := list -}}
{{- range $name, $set := default dict $configuration.credentials -}}
{{- if has "handler" (include "akri-mqtt.usedBy" (list $name $set) | fromJsonArray) -}}
{{- $secret := include "akri-mqtt.secretName" (list $root $configuration $name $set) -}}
{{- range $what, $key := include "akri-mqtt.secretKeys" $set | fromJson -}}
{{- $reference := dict "name" $secret "namespace" $root.Release.Namespace "key" $key -}}
{{- $properties = append $properties (dict "name" (printf "%s_%s" $name $what) "valueFrom" (dict "secretKeyRef" $reference)) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- concat $properties (default list $configuration.discoveryProperties) | toJson -}}
{{- end -}}

{{/* The discoveryDetails as text; takes the Configuration. */}}
{{- define "akri-mqtt.details" -}}
{{- if kindIs "string" .details }}{{ .details | trimAll "\n" }}{{ else }}{{ toYaml .details }}{{ end -}}
{{- end -}}

{{/*
Its name; takes the root and the Configuration. Akri ignores edits of the details. Under the guard the handler brings them in; without it they are
brought in by another name.
*/}}
{{- define "akri-mqtt.configurationName" -}}
{{- $configuration := last . -}}
{{- if (first .).Values.guard.enabled -}}
{{- $configuration.name -}}
{{- else -}}
{{- $text := printf "%s\n%s" (include "akri-mqtt.details" $configuration) (include "akri-mqtt.discoveryProperties" .) -}}
{{- printf "%s-%s" $configuration.name (sha256sum $text | trunc 6) -}}
{{- end -}}
{{- end -}}

{{/* The names of all Configurations, as a JSON list. */}}
{{- define "akri-mqtt.configurationNames" -}}
{{- $names := list -}}
{{- range .Values.configurations }}{{ $names = append $names (include "akri-mqtt.configurationName" (list $ .)) }}{{ end -}}
{{- toJson $names -}}
{{- end -}}

{{/* The credentials that the workloads have, as JSON of `secret` and `keys`, or of nothing; takes the root and the Configuration. */}}
{{- define "akri-mqtt.workloadCredentials" -}}
{{- $root := first . -}}
{{- $configuration := last . -}}
{{- $found := dict -}}
{{- range $name, $set := default dict $configuration.credentials -}}
{{- if has "workloads" (include "akri-mqtt.usedBy" (list $name $set) | fromJsonArray) -}}
{{- $secret := include "akri-mqtt.secretName" (list $root $configuration $name $set) -}}
{{- $found = dict "secret" $secret "keys" (include "akri-mqtt.secretKeys" $set | fromJson) -}}
{{- end -}}
{{- end -}}
{{- toJson $found -}}
{{- end -}}

{{/* The Secrets and ConfigMaps that agents read for the Configurations, each as "<namespace> <resource> <name>"; a JSON list. */}}
{{- define "akri-mqtt.agentReads" -}}
{{- $read := list -}}
{{- range $configuration := .Values.configurations -}}
{{- range $name, $set := default dict $configuration.credentials -}}
{{- if has "handler" (include "akri-mqtt.usedBy" (list $name $set) | fromJsonArray) -}}
{{- $read = append $read (printf "%s secrets %s" $.Release.Namespace (include "akri-mqtt.secretName" (list $ $configuration $name $set))) -}}
{{- end -}}
{{- end -}}
{{- range default list $configuration.discoveryProperties -}}
{{- $from := default dict .valueFrom -}}
{{- with $from.secretKeyRef }}{{ $read = append $read (printf "%s secrets %s" .namespace .name) }}{{ end -}}
{{- with $from.configMapKeyRef }}{{ $read = append $read (printf "%s configmaps %s" .namespace .name) }}{{ end -}}
{{- end -}}
{{- end -}}
{{- toJson $read -}}
{{- end -}}
