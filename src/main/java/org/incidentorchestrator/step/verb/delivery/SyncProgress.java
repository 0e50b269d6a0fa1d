package org.incidentorchestrator.step.verb.delivery;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.incidentorchestrator.cluster.ApplicationView;
import org.incidentorchestrator.incident.Target;

/**
 * How far a sync is, of an application and of all that it is made of: an app of apps is synced as soon as its
 * applications are written, long before they are.
 *
 * @param word complete, progressing, failed, otherRevision or blocked
 * @param text one sentence
 */
record SyncProgress(String word, String text, int children, int childrenBehind) {
    private static final String BLOCKED = "sync window";

    /** @param revision empty when any will do; @param all applications that there are, for the children */
    static SyncProgress of(ApplicationView app, String revision, List<ApplicationView> all) {
        List<String> behind = new ArrayList<>();
        int children = follow(app, all, behind);
        if (app.operationWaiting()) {
            return of("progressing", "Argo CD has not taken the sync up yet", children, behind);
        }
        if (app.operationRunning()) {
            boolean blocked = app.operationMessage().contains(BLOCKED);
            return of(
                    blocked ? "blocked" : "progressing",
                    (blocked ? "it waits: " : "it runs: ") + app.operationMessage(),
                    children,
                    behind);
        }
        if (app.phase().equals("Failed") || app.phase().equals("Error")) {
            return of("failed", app.phase() + ": " + app.operationMessage(), children, behind);
        }
        if (!revision.isEmpty() && !app.operationRevision().equals(revision)) {
            String at = app.operationRevision().isEmpty() ? "nothing" : app.operationRevision();
            return of("otherRevision", "the latest sync was to " + at + ", not to " + revision, children, behind);
        }
        return settled(app, revision, children, behind);
    }

    /** After a sync to another revision than the one it follows, as on the way back, it is out of sync and stays so. */
    private static SyncProgress settled(ApplicationView app, String revision, int children, List<String> behind) {
        boolean elsewhere = !revision.isEmpty() && !app.autoSyncs() && !revision.equals(app.revision());
        String state = app.sync() + " and " + app.health() + (elsewhere ? ", at another revision than it follows" : "");
        if (!app.synced() && !elsewhere || !app.healthy()) {
            return of("progressing", "the application is " + state, children, behind);
        }
        return behind.isEmpty()
                ? of(
                        "complete",
                        state + (children > 0 ? " with all its " + children + " applications" : ""),
                        children,
                        behind)
                : of(
                        "progressing",
                        "%s, but %d of its %d applications are not: %s"
                                .formatted(state, behind.size(), children, String.join(", ", behind)),
                        children,
                        behind);
    }

    private static SyncProgress of(String word, String text, int children, List<String> behind) {
        return new SyncProgress(word, text, children, behind.size());
    }

    /** @param behind gets those that are not there, not synced or not healthy @return how many there are */
    private static int follow(ApplicationView root, List<ApplicationView> all, List<String> behind) {
        Map<Target, ApplicationView> known =
                all.stream().collect(Collectors.toMap(app -> app.object().target(), Function.identity()));
        Set<Target> seen = new HashSet<>(Set.of(root.object().target()));
        Deque<Target> next = new ArrayDeque<>(root.children());
        int children = 0;
        while (!next.isEmpty()) {
            Target target = next.pop();
            if (seen.add(target)) {
                children++;
                ApplicationView child = known.get(target);
                if (child == null) {
                    behind.add(target.name() + " (not seen)");
                } else {
                    next.addAll(child.children());
                    note(child, behind);
                }
            }
        }
        return children;
    }

    private static void note(ApplicationView child, List<String> behind) {
        if (!child.synced() || !child.healthy() || child.operationRunning()) {
            behind.add("%s (%s, %s)".formatted(child.name(), child.sync(), child.health()));
        }
    }
}
