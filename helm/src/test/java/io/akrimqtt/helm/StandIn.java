package io.akrimqtt.helm;

import io.akrimqtt.helm.admission.Admission;
import io.akrimqtt.helm.admission.Request;
import io.akrimqtt.helm.admission.Verdict;
import java.util.Map;

/** The chart's policies, evaluated here. Confined to its test. */
final class StandIn implements Api {

    static final Admission CHART =
            new Admission(Chart.rendered(Api.values(Chart.NAMESPACE)).objects());
    private static final String NODE = "rack-with-quite-a-long-name";

    private Admission admission =
            CHART.with(Json.yaml("{kind: Node, metadata: {name: rack-a}}")).with(node());

    private static Map<String, Object> node() {
        return Json.with(Json.yaml("{kind: Node}"), NODE, "metadata", "name");
    }

    @Override
    public String namespace() {
        return Chart.NAMESPACE;
    }

    @Override
    public String elsewhere() {
        return "elsewhere";
    }

    @Override
    public String longestNode() {
        return NODE;
    }

    @Override
    public void put(Map<String, Object> object) {
        admission = admission.with(object);
    }

    @Override
    public Verdict admit(Request request) {
        return admission.admit(request);
    }
}
