package org.incidentorchestrator.console.api;

import org.incidentorchestrator.incident.IncidentNumber;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** 404, with where to look instead. */
final class NotThere extends ErrorResponseException {
    private NotThere(String detail) {
        super(HttpStatus.NOT_FOUND, ProblemDetail.forStatusAndDetail(HttpStatus.NOT_FOUND, detail), null);
    }

    static NotThere incident(IncidentNumber number) {
        return new NotThere(
                "There is no incident %s; GET /api/incidents lists those that there are.".formatted(number));
    }

    static NotThere run(IncidentNumber incident, String instance) {
        return new NotThere(
                "%s has no process '%s' whose history and model are still there; GET /api/incidents/%1$s/run lists those that it has."
                        .formatted(incident, instance));
    }

    static NotThere approval(long id) {
        return new NotThere(
                "There is no request for approval %d; GET /api/approvals?state=all lists those that there are."
                        .formatted(id));
    }

    static NotThere stop() {
        return new NotThere("Nothing is stopped; PUT /api/stop stops every change.");
    }

    static NotThere window(long id) {
        return new NotThere(
                "There is no maintenance window %d; GET /api/maintenance-windows lists those that are not over."
                        .formatted(id));
    }

    static NotThere evidence(IncidentNumber incident, int number) {
        return new NotThere("%s has no evidence %d; GET /api/incidents/%s/timeline has a link to each that it has."
                .formatted(incident, number, incident));
    }

    static NotThere contact(String name) {
        return new NotThere("There is no contact '%s' on call at any time; GET /api/on-call names those that there are."
                .formatted(name));
    }
}
