package org.incidentorchestrator.program;

import java.util.List;
import java.util.stream.Stream;

/** What the engine itself offers to go around a person's decision, with its administrator's rights where that helps. */
final class EngineAttacks {
    private EngineAttacks() {}

    /** Those on people's accounts last: with their controls off they end with the approver's account. */
    static List<Attack> all() {
        return Stream.of(
                        VariableAttacks.all(),
                        TaskAttacks.all(),
                        InstanceAttacks.all(),
                        JobAttacks.all(),
                        EventAttacks.all(),
                        ModelAttacks.all(),
                        PeopleAttacks.all())
                .flatMap(List::stream)
                .toList();
    }
}
