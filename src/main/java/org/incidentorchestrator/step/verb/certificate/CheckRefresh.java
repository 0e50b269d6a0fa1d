package org.incidentorchestrator.step.verb.certificate;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.KubectlText;
import org.incidentorchestrator.evidence.Artefact;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.RefusalCode;
import org.incidentorchestrator.step.RunbookLines;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.StepFailure;
import org.incidentorchestrator.step.verb.CheckedInput;
import org.incidentorchestrator.step.verb.Line;
import org.incidentorchestrator.step.verb.Reach;
import org.springframework.lang.Nullable;
import org.springframework.stereotype.Component;

/**
 * Looks whether a refresh of an ExternalSecret has come to its end, and whether it brought a new certificate: fetched is
 * not new, because the store may still have the old one. Asked again by a timer of the model until it is no longer
 * pending.
 */
@RunbookLines("X03")
@Component
final class CheckRefresh implements Step<CheckRefresh.Input, CheckRefresh.Output> {
    private final Reach reach;
    private final CertificateSettings settings;

    CheckRefresh(Reach reach, CertificateSettings settings) {
        this.reach = reach;
        this.settings = settings;
    }

    /**
     * @param requestedAt when the refresh was asked for (ISO-8601)
     * @param refreshedBefore when it had been fetched before (ISO-8601); may be null
     * @param fingerprintBefore SHA-256 of the certificate before; may be null or empty when none could be read
     */
    record Input(
            String namespace,
            String externalSecret,
            String requestedAt,
            @Nullable String refreshedBefore,
            @Nullable String fingerprintBefore) {}

    /**
     * @param refresh {@code pending}; {@code refreshed}: fetched, and the certificate is a new one; {@code unchanged}:
     *     fetched, and it is still the old one; {@code faulty}: fetched, and what came is no certificate with its key;
     *     {@code failed}: not fetched within {@code certificate.refresh-deadline}
     * @param serial of the certificate that is there now, hexadecimal digits; empty when none was fetched or can be read
     * @param notAfter of the chain that is there now; null when none can be read
     * @param text at most 500 characters
     */
    record Output(String refresh, String secret, String fingerprint, String serial, Instant notAfter, String text) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        String namespace = reach.one(in.namespace());
        String name = CheckedInput.name("an ExternalSecret", in.externalSecret());
        Instant requestedAt = time("requestedAt", in.requestedAt()).orElseThrow(() -> badTime("requestedAt", null));
        Optional<Instant> before = time("refreshedBefore", in.refreshedBefore());
        ExternalSecrets all = new ExternalSecrets(context.cluster());
        ExternalSecret external = all.get(namespace, name);
        boolean moved = external.refreshed()
                .filter(now -> before.isEmpty() || now.isAfter(before.get()))
                .isPresent();
        boolean late = context.plannedAt().isAfter(requestedAt.plus(settings.refreshDeadline()));
        Output output = moved && external.isReady()
                ? fetched(external, in.fingerprintBefore(), new TlsSecrets(context.cluster()), context.plannedAt())
                : waiting(external, late);
        KubectlText kubectl = KubectlText.of(context.cluster().cluster());
        String line =
                kubectl.list(all.served().orElseThrow(), Query.in(namespace).where("metadata.name", name));
        return Plan.look(output.text, output)
                .kubectl(line)
                .keeping(Artefact.text(
                        name + "-refresh.txt",
                        line,
                        ExternalSecret.table(List.of(external), context.plannedAt()) + "\n" + output.text + "\n"));
    }

    private Output waiting(ExternalSecret external, boolean late) {
        String why = external.isReady() || external.ready().isEmpty()
                ? "it has not fetched since"
                : "%s, %s".formatted(external.reason(), external.message());
        String text = late
                ? "External Secrets did not bring %s up to date within %d s: %s"
                        .formatted(external.target(), settings.refreshDeadline().toSeconds(), why)
                : "%s is being fetched: %s".formatted(external.target(), why);
        return new Output(late ? "failed" : "pending", external.target(), "", "", null, Line.of(text, Line.MODEL));
    }

    private static Output fetched(ExternalSecret external, String before, TlsSecrets secrets, Instant now) {
        String target = external.target();
        String fetchedAt = external.refreshed().orElseThrow().toString();
        Optional<TlsSecret> secret = secrets.find(external.object().namespace(), target);
        if (secret.isEmpty() || !secret.get().faults(now).isEmpty()) {
            String what = secret.map(it -> String.join(", ", it.faults(now)))
                    .orElse("there is no secret of type " + TlsSecret.TYPE);
            String text = "%s was fetched at %s, and is at fault: %s. Correct it in its store"
                    .formatted(target, fetchedAt, what);
            return new Output("faulty", target, "", "", null, Line.of(text, Line.MODEL));
        }
        CertificateChain chain = secret.get().chain().orElseThrow();
        boolean same = chain.fingerprint().equals(before);
        String text = same
                ? "%s was fetched at %s and is still serial %s: its store has no newer one. Rotate it there; nothing is to be restarted"
                        .formatted(target, fetchedAt, chain.serial())
                : "%s was fetched at %s and is now serial %s, good until %s"
                        .formatted(target, fetchedAt, chain.serial(), chain.notAfter());
        return new Output(
                same ? "unchanged" : "refreshed",
                target,
                chain.fingerprint(),
                chain.serial(),
                chain.notAfter(),
                Line.of(text, Line.MODEL));
    }

    private static Optional<Instant> time(String what, String text) {
        try {
            return text == null || text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
        } catch (DateTimeException e) {
            throw badTime(what, text);
        }
    }

    private static StepFailure badTime(String what, String text) {
        return StepFailure.refused(
                "badTime",
                "Nothing was asked: %s is '%s', which is no time.".formatted(what, Line.of(String.valueOf(text), 80)),
                "Correct the model: an ISO-8601 time as 2026-11-24T12:00:00Z, from the step that asked for the refresh.");
    }

    @Override
    public Set<Permission> permissions() {
        return Set.of(ExternalSecrets.GET, TlsSecrets.GET);
    }

    @Override
    public Set<RefusalCode> codes() {
        return Set.of(RefusalCode.REFUSED, RefusalCode.NOT_FOUND);
    }
}
