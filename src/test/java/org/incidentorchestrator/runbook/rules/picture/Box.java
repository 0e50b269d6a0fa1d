package org.incidentorchestrator.runbook.rules.picture;

import org.camunda.bpm.model.bpmn.instance.dc.Bounds;

/** A rectangle of a picture, in px; x grows to the right and y downwards. */
record Box(double x, double y, double width, double height) {
    static Box of(Bounds bounds) {
        return new Box(bounds.getX(), bounds.getY(), bounds.getWidth(), bounds.getHeight());
    }

    double right() {
        return x + width;
    }

    double bottom() {
        return y + height;
    }

    double middleX() {
        return x + width / 2;
    }

    double middleY() {
        return y + height / 2;
    }

    /** Smaller by so many px on every side. */
    Box shrunk(double by) {
        return new Box(x + by, y + by, width - 2 * by, height - 2 * by);
    }

    boolean overlaps(Box other) {
        return x < other.right() && other.x < right() && y < other.bottom() && other.y < bottom();
    }

    boolean contains(Box other) {
        return x <= other.x && y <= other.y && right() >= other.right() && bottom() >= other.bottom();
    }

    /** Whether some of the line lies inside. Lines are level or upright, so the box around one is the line. */
    boolean crossedBy(Line line) {
        return line.left() < right() && line.right() > x && line.upper() < bottom() && line.lower() > y;
    }
}
