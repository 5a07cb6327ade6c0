package io.akrimqtt.helm;

/** The table, with the API server's part played here. */
class FenceTest extends FenceTable {

    private final Api api = new StandIn();

    @Override
    Api api() {
        return api;
    }
}
