package org.incidentorchestrator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventViewTest {
    @Test
    void events_without_a_last_timestamp_are_sorted_by_the_time_they_do_have() {
        List<EventView> sorted = EventView.sorted(List.of(
                event("third", "series: {lastObservedTime: '2026-11-24T12:03:00.000000Z', count: 9}"),
                event("second", "lastTimestamp: null\neventTime: '2026-11-24T12:02:00.123456Z'"),
                event("fourth", "lastTimestamp: '2026-11-24T12:04:00Z'\neventTime: '2026-11-24T11:00:00.000000Z'"),
                event("first", "firstTimestamp: '2026-11-24T12:01:00Z'"),
                event("zeroth", "{}")));
        assertThat(sorted)
                .extracting(EventView::reason)
                .containsExactly("zeroth", "first", "second", "third", "fourth");
        assertThat(sorted.get(0).at()).isEqualTo(Instant.parse("2026-11-24T12:00:00Z"));
        assertThat(sorted).extracting(EventView::count).containsExactly(1, 1, 1, 9, 1);
    }

    @Test
    void a_message_of_several_lines_is_one_row_of_the_table() {
        EventView event = EventView.of(event("BackOff", "message: \"back-off\\nagain\"\ntype: Warning"));
        assertThat(event.warning()).isTrue();
        assertThat(EventView.table(List.of(event)).toString())
                .isEqualTo(
                        """
                        LAST SEEN              TYPE      REASON    OBJECT   COUNT   MESSAGE
                        2026-11-24T12:00:00Z   Warning   BackOff   Pod/x    1       back-off again
                        """);
    }

    private static KubernetesObject event(String reason, String rest) {
        return Manifest.of("reason: " + reason + "\nmetadata: {creationTimestamp: '2026-11-24T12:00:00Z'}\n"
                + "involvedObject: {kind: Pod, name: x}\n" + (rest.equals("{}") ? "" : rest));
    }
}
