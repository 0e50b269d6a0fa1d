package org.incidentorchestrator.console.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.incidentorchestrator.evidence.report.IncidentRecord;
import org.incidentorchestrator.evidence.report.IncidentReport;
import org.incidentorchestrator.evidence.report.ReportPage;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.notify.Links;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The morning after: an incident as a page, in Markdown to be sent and kept, or to be read and printed in a browser. */
@RestController
@RequestMapping("/api/incidents/{incident}")
@Tag(name = "Incidents")
final class ReportController {
    private static final String MARKDOWN = "text/markdown;charset=UTF-8";
    private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

    private final Incidents incidents;
    private final IncidentRecords records;
    private final Links links;

    ReportController(Incidents incidents, IncidentRecords records, Links links) {
        this.incidents = incidents;
        this.records = records;
        this.links = links;
    }

    /** A browser asks for HTML first, and gets the page; whoever does not say gets Markdown. */
    @GetMapping(
            path = "/report",
            produces = {MARKDOWN, MediaType.TEXT_HTML_VALUE})
    @Operation(summary = "The incident as a page of Markdown, or of HTML for whoever accepts that first")
    ResponseEntity<String> report(
            @PathVariable IncidentNumber incident,
            @RequestHeader(name = HttpHeaders.ACCEPT, defaultValue = "*/*") String accept) {
        return asksForPage(accept) ? page(incident) : markdown(incident);
    }

    @GetMapping(path = "/report.html", produces = MediaType.TEXT_HTML_VALUE)
    @Operation(summary = "The incident as a page to be printed")
    ResponseEntity<String> page(@PathVariable IncidentNumber incident) {
        IncidentRecord record = record(incident);
        // Beside the page itself: so its links lead on wherever the program is reached.
        ReportPage page = ReportPage.of(record, "evidence/");
        return ResponseEntity.ok()
                .contentType(HTML)
                .header("Content-Security-Policy", page.policy())
                .header("Referrer-Policy", "no-referrer")
                .body(page.html());
    }

    @GetMapping(path = "/report.md", produces = MARKDOWN)
    @Operation(summary = "The incident as a page of Markdown, whatever a browser asks for")
    ResponseEntity<String> markdown(@PathVariable IncidentNumber incident) {
        String path = "/api/incidents/" + incident + "/evidence/";
        String evidence = links.elsewhere(path).map(URI::toString).orElse(path);
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(MARKDOWN))
                .body(IncidentReport.of(record(incident), evidence));
    }

    private IncidentRecord record(IncidentNumber incident) {
        return records.of(incidents.find(incident).orElseThrow(() -> NotThere.incident(incident)));
    }

    private static boolean asksForPage(String accept) {
        List<MediaType> accepted = MediaType.parseMediaTypes(accept);
        return accepted.stream().anyMatch(type -> type.equalsTypeAndSubtype(MediaType.TEXT_HTML))
                && accepted.stream().noneMatch(type -> type.equalsTypeAndSubtype(MediaType.parseMediaType(MARKDOWN)));
    }
}
