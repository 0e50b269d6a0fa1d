package org.incidentorchestrator.step.verb.pod;

/** The worst first: what a restart cannot help comes before what it may. */
enum Cause {
    IMAGE_PULL("imagePull"),
    CONFIG_ERROR("configError"),
    OOM_KILLED("oomKilled"),
    CRASH_LOOP("crashLoop"),
    PENDING("pending"),
    NOT_READY("notReady"),
    NONE("none");

    private final String word;

    Cause(String word) {
        this.word = word;
    }

    /** As it stands in the models. */
    String word() {
        return word;
    }
}
