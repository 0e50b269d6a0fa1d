package org.incidentorchestrator.runbook.rules.picture;

/** A piece of a flow between two of its bends, in px. */
record Line(double fromX, double fromY, double toX, double toY) {
    /** Two flows nearer than this look like one. */
    private static final double APART = 9.5;

    private static final double SHORT = 10;

    double left() {
        return Math.min(fromX, toX);
    }

    double right() {
        return Math.max(fromX, toX);
    }

    double upper() {
        return Math.min(fromY, toY);
    }

    double lower() {
        return Math.max(fromY, toY);
    }

    boolean level() {
        return Math.abs(fromY - toY) <= 1;
    }

    /** Whether the two go across each other, in the middle of both. */
    boolean crosses(Line other) {
        return level() != other.level() && (level() ? inside(other) : other.inside(this));
    }

    private boolean inside(Line upright) {
        return left() < upright.fromX && upright.fromX < right() && upright.upper() < fromY && fromY < upright.lower();
    }

    /** Whether the two lie beside each other so closely, and for so long, that they look like one. */
    boolean runsAlong(Line other) {
        if (level() != other.level()) {
            return false;
        }
        double apart = level() ? Math.abs(fromY - other.fromY) : Math.abs(fromX - other.fromX);
        double together = level()
                ? Math.min(right(), other.right()) - Math.max(left(), other.left())
                : Math.min(lower(), other.lower()) - Math.max(upper(), other.upper());
        return apart < APART && together > SHORT;
    }
}
