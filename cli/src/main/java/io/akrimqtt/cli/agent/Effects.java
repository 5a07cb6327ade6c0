package io.akrimqtt.cli.agent;

import java.util.ArrayList;
import java.util.List;

/** What is to be done, in order. Confined to the agent's loop. */
final class Effects {

    private List<Effect> effects = new ArrayList<>();

    void add(Effect effect) {
        effects.add(effect);
    }

    void tell(AgentEvent event) {
        effects.add(new Effect.Tell(event));
    }

    /** All since the last time. */
    List<Effect> take() {
        var todo = effects;
        effects = new ArrayList<>();
        return todo;
    }
}
