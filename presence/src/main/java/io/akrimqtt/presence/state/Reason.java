package io.akrimqtt.presence.state;

/** Why a view or a device is what it is: a byte in memory, a kind and a sentence for people. */
enum Reason {
    SAID_ONLINE(Evidence.Kind.STATUS, "it said that it is online"),
    SAID_SLEEPING(Evidence.Kind.STATUS, "it said that it sleeps"),
    SAID_OFFLINE(Evidence.Kind.STATUS, "it, or its Last Will, said offline, and nothing contradicted in time"),
    SHOWN_ONLINE(Evidence.Kind.RETAINED_STATUS, "its retained status says online"),
    SHOWN_SLEEPING(Evidence.Kind.RETAINED_STATUS, "its retained status says that it sleeps"),
    SHOWN_OFFLINE(Evidence.Kind.RETAINED_STATUS, "its retained status says offline"),
    QUEUED_OFFLINE(Evidence.Kind.STATUS, "it said offline while we were away, and nothing contradicted in time"),
    QUEUED_SLEEPING(Evidence.Kind.STATUS, "it said that it sleeps while we were away"),
    HEARD(Evidence.Kind.ACTIVITY, "it published something"),
    NAMED(Evidence.Kind.EXISTS, "a retained or queued message names it; nothing shows that it is there now"),
    SILENT(Evidence.Kind.SILENCE, "nothing came from it for longer than the silence timeout"),
    SERVER_AWAY(Evidence.Kind.SERVER, "the MQTT server has been away for longer than its grace"),
    SERVER_BACK(Evidence.Kind.SERVER, "the MQTT server was away for long, and nothing has come since it is back"),
    VANISHED(Evidence.Kind.SERVER, "its retained status was not there any more when the MQTT server was read again"),
    SHOWN_ALIVE(Evidence.Kind.EXISTS, "a retained message names it, which is taken as a sign of life here"),
    UNHEARD(Evidence.Kind.SERVER, "the MQTT server refuses the filters that cover it"),
    GATEWAY_GONE(Evidence.Kind.GATEWAY, "the device through which it is reached is offline"),
    DOUBTED(Evidence.Kind.SERVER, "the MQTT server was restarted or had lost our session, and nothing has come since");

    private final Evidence.Kind kind;
    private final String text;

    Reason(Evidence.Kind kind, String text) {
        this.kind = kind;
        this.text = text;
    }

    Evidence.Kind kind() {
        return kind;
    }

    String text() {
        return text;
    }
}
