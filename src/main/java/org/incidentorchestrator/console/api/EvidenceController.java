package org.incidentorchestrator.console.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import org.incidentorchestrator.evidence.Artefacts;
import org.incidentorchestrator.evidence.RecordProof;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Incidents;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What was kept, as it was kept, and the proof that nobody changed it. */
@RestController
@RequestMapping("/api/incidents/{incident}")
@Tag(name = "Evidence", description = "Kept outputs, and the proof that the record is as it was written")
final class EvidenceController {
    private final Incidents incidents;
    private final Artefacts artefacts;
    private final RecordProof proof;

    EvidenceController(Incidents incidents, Artefacts artefacts, RecordProof proof) {
        this.incidents = incidents;
        this.artefacts = artefacts;
        this.proof = proof;
    }

    @GetMapping("/evidence/{number}")
    @Operation(summary = "A kept output as a file, redacted; its digest is in Repr-Digest (RFC 9530)")
    ResponseEntity<byte[]> content(@PathVariable IncidentNumber incident, @PathVariable int number) {
        var kept = artefacts.find(incident, number).orElseThrow(() -> NotThere.evidence(incident, number));
        var about = kept.about();
        String digest = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(about.sha256()));
        return ResponseEntity.ok()
                .contentType(mediaType(about.mediaType()))
                // Never shown by a browser as a page of ours: it holds whatever a container printed.
                .header(HttpHeaders.CONTENT_DISPOSITION, asFile(about.name()))
                .header("X-Content-Type-Options", "nosniff")
                .header("Repr-Digest", "sha-256=:" + digest + ":")
                .body(kept.content());
    }

    @GetMapping("/verify")
    @Operation(summary = "Whether the incident's evidence is as it was sealed")
    VerdictView verify(@PathVariable IncidentNumber incident) {
        incidents.find(incident).orElseThrow(() -> NotThere.incident(incident));
        return VerdictView.of(proof.of(incident));
    }

    private static String asFile(String name) {
        return ContentDisposition.attachment()
                .filename(name, StandardCharsets.UTF_8)
                .build()
                .toString();
    }

    private static MediaType mediaType(String kept) {
        return switch (kept) {
            case MediaType.APPLICATION_JSON_VALUE -> MediaType.APPLICATION_JSON;
            case "image/svg+xml" -> MediaType.parseMediaType(kept);
            default -> new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8);
        };
    }
}
