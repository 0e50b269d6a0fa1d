package org.incidentorchestrator.deploy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.incidentorchestrator.cluster.Change.Identity;
import org.incidentorchestrator.step.Place;
import org.incidentorchestrator.step.rights.Rights;
import org.incidentorchestrator.step.verb.Verbs;

/** The files of {@code src/deploy} that are made from what the verbs of the models declare. */
public final class DeployFiles {
    static final Path FOLDER = Path.of("src/deploy");

    private static final Pattern CALLED = Pattern.compile("\\$\\{(?:steps|proposals)\\.(\\w+)}");
    private static final List<Identity> EVERYDAY =
            List.of(Identity.LOOK, Identity.CHANGE, Identity.ISOLATE, Identity.SECRETS);

    private static final String HEAD =
            """
            Generated from what the verbs declare that the models call (mvn test -Dtest=DeployFilesTest -Dpages.update).
            Change the verb, not this file: a right that is not needed here is a right of whoever breaks in.""";

    private DeployFiles() {}

    /** Of all verbs that a model calls or proposes, as the settings are by default. */
    public static Rights rights() {
        var verbs = Verbs.with("manifests.kinds=applications.argoproj.io");
        return Rights.of(called().stream()
                .flatMap(verb -> verbs.get(verb).permissions().stream())
                .toList());
    }

    public static SortedSet<String> called() {
        try (Stream<Path> models = Files.walk(Path.of("processes"))) {
            SortedSet<String> names = new TreeSet<>();
            for (Path model :
                    models.filter(file -> file.toString().endsWith(".bpmn")).toList()) {
                CALLED.matcher(Files.readString(model)).results().forEach(call -> names.add(call.group(1)));
            }
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** By their paths in {@link #FOLDER}. */
    static SortedMap<String, String> generated() {
        Rights rights = rights();
        Roles roles = new Roles(rights);
        SortedMap<String, String> files = new TreeMap<>();
        files.put(
                "base/accounts.yaml",
                text("The accounts, and that the pod's own acts as the others.", roles.accounts(EVERYDAY)));
        files.put("base/roles.yaml", text("What each account may do.", roles.roles(EVERYDAY)));
        files.put(
                "base/policies.yaml",
                text(
                        "Which fields each account may change: RBAC cannot say it. Kubernetes 1.30 or later.",
                        new AdmissionPolicies(rights).objects()));
        for (Place place : List.of(Place.OURS, Place.LOOKED_AT, Place.ARGO_CD)) {
            files.put(
                    "bindings/" + Accounts.place(place) + "/bindings.yaml",
                    text("To be taken in by a folder that names a namespace.", roles.bindings(place, EVERYDAY)));
        }
        component(
                files,
                roles,
                "backup",
                Identity.BACKUP,
                "Reads all kinds of a namespace, and tries whether they could be applied.");
        component(
                files,
                roles,
                "recovery",
                Identity.RESTORE,
                "Makes whatever a back-up has. For the time of a recovery.");
        return files;
    }

    private static void component(
            SortedMap<String, String> files, Roles roles, String name, Identity identity, String what) {
        files.put(
                "components/" + name + "/account.yaml",
                text(
                        what,
                        roles.accounts(List.of(Identity.LOOK, identity)).stream()
                                .skip(1)
                                .toList()));
        files.put("components/" + name + "/roles.yaml", text(what, roles.roles(List.of(identity))));
        for (Place place : List.of(Place.OURS, Place.ARGO_CD)) {
            List<ObjectNode> bindings = roles.bindings(place, List.of(identity));
            if (!bindings.isEmpty()) {
                files.put(
                        "components/" + name + "/" + Accounts.place(place) + "/bindings.yaml",
                        text("To be taken in by a folder that names a namespace.", bindings));
            }
        }
    }

    private static String text(String what, List<ObjectNode> objects) {
        return Yaml.text(what + "\n" + HEAD, objects);
    }
}
