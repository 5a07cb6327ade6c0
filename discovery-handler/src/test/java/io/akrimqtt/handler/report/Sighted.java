package io.akrimqtt.handler.report;

/** Every device at once, as without sight of Kubernetes, but no list is sent again because time has passed. */
public record Sighted() implements Allotment {

    @Override
    public boolean owns(String watch, String device) {
        return true;
    }

    @Override
    public boolean mayDrop(String watch, String device) {
        return true;
    }

    @Override
    public boolean sighted() {
        return true;
    }
}
