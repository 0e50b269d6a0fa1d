package org.incidentorchestrator.console.api;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import org.incidentorchestrator.approval.paging.Responders;
import org.incidentorchestrator.console.access.WorkingAccounts;
import org.incidentorchestrator.evidence.Entry;
import org.incidentorchestrator.evidence.EvidenceLog;
import org.incidentorchestrator.notify.pager.PagerNews;
import org.incidentorchestrator.notify.pager.PagerNews.Acknowledged;
import org.incidentorchestrator.notify.pager.PagerNews.Other;
import org.incidentorchestrator.notify.pager.PagerWebhook;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Where PagerDuty posts what happens there (webhooks, version 3). What is signed is answered with 202 once it is
 * committed, whatever it is: after three answers of 4xx the subscription is disabled for a day. 5xx and 429 are sent
 * again for two days.
 */
@RestController
@Hidden
final class PagerDutyController {
    private static final Logger LOG = LoggerFactory.getLogger(PagerDutyController.class);
    private static final List<String> RESULTS = List.of("accepted", "unauthorized", "tooLarge", "notReady");

    private final PagerWebhook webhook;
    private final Responders responders;
    private final WorkingAccounts accounts;
    private final EvidenceLog evidence;
    private final ApplicationAvailability availability;
    private final MeterRegistry meters;

    PagerDutyController(
            PagerWebhook webhook,
            Responders responders,
            WorkingAccounts accounts,
            EvidenceLog evidence,
            ApplicationAvailability availability,
            MeterRegistry meters) {
        this.webhook = webhook;
        this.responders = responders;
        this.accounts = accounts;
        this.evidence = evidence;
        this.availability = availability;
        this.meters = meters;
        RESULTS.forEach(this::counter);
    }

    @PostMapping("/pagerduty/webhook")
    ResponseEntity<Object> receive(HttpServletRequest request) throws IOException {
        if (!webhook.isSetUp()) {
            return problem(
                    HttpStatus.NOT_FOUND,
                    "PagerDuty is not heard: name the file with the webhook subscription's secret with"
                            + " notify.pagerduty.webhook-secret-files");
        }
        int limit = webhook.longestBody();
        byte[] body = request.getInputStream().readNBytes(limit + 1);
        if (body.length > limit) {
            return refused("tooLarge", HttpStatus.PAYLOAD_TOO_LARGE, "The message is larger than " + limit + " bytes");
        }
        if (!webhook.isSigned(request.getHeader("X-PagerDuty-Signature"), body)) {
            return refused(
                    "unauthorized",
                    HttpStatus.UNAUTHORIZED,
                    "No signature of the message is made with a secret of notify.pagerduty.webhook-secret-files");
        }
        if (availability.getReadinessState() != ReadinessState.ACCEPTING_TRAFFIC) {
            return refused(
                    "notReady", HttpStatus.SERVICE_UNAVAILABLE, "The program is starting or stopping: send it again");
        }
        hear(webhook.read(body));
        counter("accepted").increment();
        return ResponseEntity.accepted().build();
    }

    private void hear(PagerNews news) {
        if (news instanceof Acknowledged acknowledged) {
            String person = acknowledged.account().filter(accounts::include).orElse(acknowledged.pagerUser());
            responders.acknowledge(acknowledged.incident(), person);
        } else if (news instanceof Other other) {
            other.incident()
                    .ifPresentOrElse(
                            incident -> evidence.append(Entry.of(Entry.Kind.NOTE, incident, "pagerduty", other.text())),
                            () -> LOG.info("{}", other.text()));
        }
    }

    private ResponseEntity<Object> refused(String result, HttpStatus status, String why) {
        counter(result).increment();
        LOG.warn("A webhook from PagerDuty was refused: {}", why);
        return problem(status, why);
    }

    private static ResponseEntity<Object> problem(HttpStatus status, String why) {
        var answer = ResponseEntity.status(status).contentType(MediaType.APPLICATION_PROBLEM_JSON);
        return (status == HttpStatus.SERVICE_UNAVAILABLE ? answer.header(HttpHeaders.RETRY_AFTER, "5") : answer)
                .body(ProblemDetail.forStatusAndDetail(status, why));
    }

    private Counter counter(String result) {
        return Counter.builder("incident.orchestrator.webhooks")
                .description("Messages that paging systems posted")
                .tag("source", "pagerduty")
                .tag("result", result)
                .register(meters);
    }
}
