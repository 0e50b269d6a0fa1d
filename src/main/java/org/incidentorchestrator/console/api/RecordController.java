package org.incidentorchestrator.console.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import org.incidentorchestrator.evidence.RecordProof;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The proof of the whole record. */
@RestController
@Tag(name = "Evidence")
final class RecordController {
    private final RecordProof proof;

    RecordController(RecordProof proof) {
        this.proof = proof;
    }

    @GetMapping("/api/record/verify")
    @Operation(
            summary =
                    "Whether all of the evidence is as it was sealed; with a head that was kept outside of the database,"
                            + " also whether the chain still has it")
    RecordView verify(@RequestParam Optional<String> head) {
        return RecordView.of(proof.of(head));
    }
}
