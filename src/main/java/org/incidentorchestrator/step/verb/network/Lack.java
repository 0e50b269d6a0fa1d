package org.incidentorchestrator.step.verb.network;

/** Why a service sends its traffic to nobody; the worst to be found last. */
enum Lack {
    NONE("none"),
    /** Its pods are ready, and no slice names them. */
    NO_SLICE("noSlice"),
    /** Somebody has to write its endpoints by hand, and nobody has. */
    NO_SELECTOR("noSelector"),
    PODS_NOT_READY("podsNotReady"),
    /** A port of it leads to a name that no container declares. */
    PORT_NOT_DECLARED("portNotDeclared"),
    SELECTS_NOTHING("selectsNothing");

    private final String word;

    Lack(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }
}
