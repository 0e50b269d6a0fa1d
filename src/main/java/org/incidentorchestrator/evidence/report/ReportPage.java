package org.incidentorchestrator.evidence.report;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.incidentorchestrator.incident.Incident;

/**
 * The report as a page to be read in a browser and printed on A4: the same Markdown, rendered; nothing in it is HTML of its
 * own, links lead nowhere but to http, https and beside it, and a browser runs and loads nothing for it.
 *
 * @param policy what its Content-Security-Policy has to be
 */
public record ReportPage(String html, String policy) {
    private static final List<Extension> TABLES = List.of(TablesExtension.create());
    private static final Parser PARSER = Parser.builder().extensions(TABLES).build();
    private static final HtmlRenderer RENDERER = HtmlRenderer.builder()
            .extensions(TABLES)
            .escapeHtml(true)
            .sanitizeUrls(true)
            .nodeRendererFactory(DiffLines::new)
            .build();
    private static final String STYLE =
            """
            :root{color-scheme:light}
            body{font:11pt/1.45 system-ui,sans-serif;color:#1c1c1c;max-width:60rem;margin:1.5rem auto;padding:0 1rem;\
            overflow-wrap:break-word}
            h1{font-size:1.5rem}h2{font-size:1.2rem;margin:1.6rem 0 .4rem;border-bottom:1px solid #999}
            h3{font-size:1rem;margin:1.1rem 0 .3rem}
            table{border-collapse:collapse;width:100%;font-size:.9em}
            th,td{border:1px solid #bbb;padding:.2rem .45rem;text-align:left;vertical-align:top}
            th:empty{border:none;padding:0}td:last-child{overflow-wrap:anywhere}
            pre{background:#f4f4f4;border:1px solid #ddd;padding:.5rem;font-size:.8em;white-space:pre-wrap;\
            box-decoration-break:clone}
            .added{color:#055e1c}.removed{color:#9c1111}
            @page{size:A4;margin:18mm 15mm;@top-left{content:"HEAD";font:9pt sans-serif}\
            @bottom-right{content:counter(page) " / " counter(pages);font:9pt sans-serif}}
            @media print{body{max-width:none;margin:0;padding:0;font-size:9.5pt}a{color:inherit}
            h1,h2,h3{break-after:avoid}tr{break-inside:avoid}thead{display:table-header-group}}
            """;

    /** @param evidence what the address of a kept output begins with, before its number */
    public static ReportPage of(IncidentRecord record, String evidence) {
        String title = record.incident().stamp() + record.incident().number();
        String style = STYLE.replace("HEAD", head(record.incident()));
        String html = "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>" + title
                + "</title><style>" + style + "</style></head><body>\n"
                + RENDERER.render(PARSER.parse(IncidentReport.of(record, evidence))) + "</body></html>\n";
        return new ReportPage(
                html,
                "default-src 'none'; style-src 'sha256-" + digest(style)
                        + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    }

    /** On each printed page. Nothing of it comes from outside: it stands in a style. */
    private static String head(Incident incident) {
        return incident.stamp() + incident.number() + (incident.open() ? ", still open" : "");
    }

    private static String digest(String style) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
