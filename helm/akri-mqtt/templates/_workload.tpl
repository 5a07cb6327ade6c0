{{/* The pod template of a Configuration; takes the root and the Configuration. */}}
{{- define "akri-mqtt.brokerPodSpec" -}}
{{- $root := first . -}}
{{- $workload := include "akri-mqtt.workload" . | fromJson -}}
{{- $credentials := include "akri-mqtt.workloadCredentials" . | fromJson -}}
{{- $device := dict "{{PLACEHOLDER}}" "1" -}}
automountServiceAccountToken: false
enableServiceLinks: false
terminationGracePeriodSeconds: {{ int $workload.terminationGracePeriodSeconds }}
{{- with $workload.serviceAccountName }}
serviceAccountName: {{ . }}
{{- end }}
{{- with $workload.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- with $root.Values.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $workload.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $workload.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
securityContext:
  {{- $standard := dict "runAsNonRoot" true "runAsUser" 65532 "runAsGroup" 65532 "seccompProfile" (dict "type" "RuntimeDefault") }}
  {{- if $credentials }}{{ $_ := set $standard "fsGroup" 65532 }}{{ end }}
  {{- toYaml (mergeOverwrite $standard $workload.podSecurityContext) | nindent 2 }}
containers:
  - name: monitoring-broker
    image: {{ include "akri-mqtt.image" (list $root $workload.image) | quote }}
    imagePullPolicy: {{ $workload.image.pullPolicy }}
    env:
      - name: AKRI_MQTT_HTTP_LISTEN
        value: {{ printf "%s:8080" $root.Values.listenAddress | quote }}
      {{- if or $workload.services.instance $workload.services.configuration }}
      - name: AKRI_MQTT_GRPC_LISTEN
        value: {{ printf "%s:6052" $root.Values.listenAddress | quote }}
      {{- if $workload.services.unguarded }}
      - name: AKRI_MQTT_GRPC_UNGUARDED
        value: "yes"
      {{- end }}
      {{- end }}
      - name: AKRI_MQTT_SESSION_EXPIRY
        value: {{ $workload.sessionExpiry | quote }}
      {{- range $what, $key := $credentials.keys }}
      - name: MQTT_{{ upper $what }}_FILE
        value: /etc/akri-mqtt/credentials/{{ $what }}
      {{- end }}
      {{- with $workload.env }}
      {{- toYaml . | nindent 6 }}
      {{- end }}
    ports:
      - name: http
        containerPort: 8080
      {{- if or $workload.services.instance $workload.services.configuration }}
      - name: grpc
        containerPort: 6052
      {{- end }}
    readinessProbe:
      httpGet: {path: /readyz, port: http}
      periodSeconds: 5
      timeoutSeconds: 2
    livenessProbe:
      httpGet: {path: /livez, port: http}
      initialDelaySeconds: 10
      periodSeconds: 10
      timeoutSeconds: 5
    # Akri puts the Instance's name in place of the placeholder. In exactly one container, or a workload takes two slots.
    resources:
      requests:
        {{- toYaml (mergeOverwrite (deepCopy (default dict $workload.resources.requests)) $device) | nindent 8 }}
      limits:
        {{- toYaml (mergeOverwrite (deepCopy (default dict $workload.resources.limits)) $device) | nindent 8 }}
    securityContext:
      {{- $locked := dict "allowPrivilegeEscalation" false "readOnlyRootFilesystem" true "capabilities" (dict "drop" (list "ALL")) }}
      {{- toYaml (mergeOverwrite $locked $workload.securityContext) | nindent 6 }}
    volumeMounts:
      - name: tmp
        mountPath: /tmp
      {{- if $credentials }}
      - name: credentials
        mountPath: /etc/akri-mqtt/credentials
        readOnly: true
      {{- end }}
      {{- with $workload.volumeMounts }}
      {{- toYaml . | nindent 6 }}
      {{- end }}
volumes:
  - name: tmp
    emptyDir:
      sizeLimit: 16Mi
  {{- if $credentials }}
  - name: credentials
    secret:
      secretName: {{ $credentials.secret }}
      # For its owner and its group, 0440.
      defaultMode: 288
      items:
        {{- range $what, $key := $credentials.keys }}
        - key: {{ $key | quote }}
          path: {{ $what }}
        {{- end }}
  {{- end }}
  {{- with $workload.volumes }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end -}}

{{/* A Service for workloads; takes whether it is without an address of its own. Akri adds the selector. */}}
{{- define "akri-mqtt.serviceSpec" -}}
type: ClusterIP
{{- if . }}
clusterIP: None
{{- end }}
ports:
  - name: grpc
    port: 6052
    targetPort: grpc
    protocol: TCP
  - name: http
    port: 8080
    targetPort: http
    protocol: TCP
{{- end -}}
