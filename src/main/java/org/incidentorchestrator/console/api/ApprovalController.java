package org.incidentorchestrator.console.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.incidentorchestrator.approval.gate.ApprovalDesk;
import org.incidentorchestrator.approval.gate.ApprovalRefused;
import org.incidentorchestrator.approval.gate.ApprovalRequest;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What a second person is asked, with the whole of each change; and the answer, as whoever sends it. */
@RestController
@RequestMapping("/api/approvals")
@Tag(name = "Approvals", description = "What a second person is asked, and the answer")
final class ApprovalController {
    private final ApprovalDesk desk;

    ApprovalController(ApprovalDesk desk) {
        this.desk = desk;
    }

    /** @param alternative what a rejection leads to instead, one of the request's */
    record Answer(
            @NotNull
                    @Pattern(
                            regexp = "approve|reject|lookAgain|breakGlass",
                            message = "must be approve, reject, lookAgain or breakGlass")
                    String decision,
            @Size(max = 2000) String reason,
            @Size(max = 255) String alternative) {}

    @GetMapping
    @Operation(summary = "Requests for approval, newest first")
    List<ApprovalRequest> list(
            @RequestParam(defaultValue = "open") @Pattern(regexp = "open|all", message = "must be open or all")
                    String state,
            @RequestParam(defaultValue = "50") @Min(1) @Max(200) int limit) {
        return desk.list(state.equals("open"), limit);
    }

    @GetMapping("/{id}")
    @Operation(summary = "One request, with what exactly would be changed")
    ApprovalRequest one(@PathVariable long id) {
        return desk.find(id).orElseThrow(() -> NotThere.approval(id));
    }

    @PostMapping("/{id}/decision")
    @Operation(
            summary = "Approves or rejects all of it, has it looked at again, or breaks the glass; completes its task")
    ApprovalRequest decide(@PathVariable long id, @Valid @RequestBody Answer answer) {
        one(id);
        try {
            return desk.answer(id, answer.decision(), answer.reason(), answer.alternative());
        } catch (ApprovalRefused refused) {
            throw problem(refused);
        }
    }

    private static ErrorResponseException problem(ApprovalRefused refused) {
        HttpStatus status =
                switch (refused.kind()) {
                    case WRONG -> HttpStatus.BAD_REQUEST;
                    case FORBIDDEN -> HttpStatus.FORBIDDEN;
                    case TOO_LATE -> HttpStatus.CONFLICT;
                };
        ProblemDetail detail = ProblemDetail.forStatusAndDetail(status, refused.getMessage());
        detail.setProperty("reason", refused.reason());
        return new ErrorResponseException(status, detail, refused);
    }
}
