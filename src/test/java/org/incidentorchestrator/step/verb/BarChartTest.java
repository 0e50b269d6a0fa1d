package org.incidentorchestrator.step.verb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.incidentorchestrator.step.verb.BarChart.Group;
import org.junit.jupiter.api.Test;

class BarChartTest {
    private static final List<String> SERIES = List.of("used", "requested", "limit");

    @Test
    void bars_are_as_long_as_their_share_of_the_highest() {
        String svg = chart(new Group("a", List.of(25.0, 50.0, 100.0))).svg();
        assertThat(svg)
                .contains("width=\"120.0\"", "width=\"240.0\"", "width=\"480.0\"")
                .contains(">a</text>", ">25 MiB</text>", ">50 MiB</text>", ">100 MiB</text>");
        assertThat(svg).contains(">used</text>", ">requested</text>", ">limit</text>");
    }

    @Test
    void what_is_unknown_has_no_bar_and_is_said_to_be_unknown() {
        BarChart chart = chart(new Group("a", List.of(Double.NaN, 50.0)));
        assertThat(chart.svg()).contains("width=\"0.0\"", ">unknown</text>");
        assertThat(chart.description()).isEqualTo("a: used unknown, requested 50 MiB, limit unknown");
    }

    @Test
    void a_chart_of_nothing_says_so() {
        assertThat(chart().svg()).contains("nothing is known");
        assertThat(chart(new Group("a", List.of(0.0, 0.0, 0.0))).svg()).doesNotContain("NaN");
    }

    @Test
    void foreign_text_stays_text() {
        assertThat(chart(new Group("</text><script>alert(1)</script>", List.of(1.0)))
                        .svg())
                .doesNotContain("<script");
    }

    private static BarChart chart(Group... groups) {
        return new BarChart("Memory", "MiB", SERIES, List.of(groups));
    }
}
