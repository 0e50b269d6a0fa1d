package org.incidentorchestrator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageViewTest {
    private static final KubernetesObject POD = Manifest.of(
            """
            metadata: {name: gateway}
            spec:
              containers:
              - {name: app, resources: {limits: {cpu: 500m, memory: 256Mi}}}
              - {name: proxy}
            """);

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "250m, 0.25",
        "1, 1",
        "0.5, 0.5",
        "123456789n, 0.123456789",
        "12u, 0.000012",
        "1Ki, 1024",
        "128Mi, 134217728",
        "1.5Gi, 1610612736",
        "1k, 1000",
        "1e3, 1000",
        "2E, 2000000000000000000",
        "1Ei, 1152921504606846976"
    })
    void a_quantity_is_read_with_any_suffix(String text, String amount) {
        assertThat(Quantity.parse(text).orElseThrow().amount()).isEqualByComparingTo(amount);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "many", "1Zi", "1 Mi", "--1", "1e999999999"})
    void what_is_no_quantity_is_unknown_and_not_zero(String text) {
        assertThat(Quantity.parse(text)).isEmpty();
    }

    @Test
    void percentages_are_of_the_limit() {
        UsageView app = usages("{name: app, usage: {cpu: 400000000n, memory: 131072Ki}}")
                .get(0);
        assertThat(app.cpuPercent()).hasValue(80);
        assertThat(app.memoryPercent()).hasValue(50);
    }

    @Test
    void without_a_sample_or_a_limit_nothing_is_known() {
        List<UsageView> usages = usages("{name: proxy, usage: {cpu: 1m, memory: 1Mi}}");
        assertThat(usages.get(0).known()).isFalse();
        assertThat(usages.get(0).cpuPercent()).isEmpty();
        assertThat(usages.get(1).known()).isTrue();
        assertThat(usages.get(1).memoryPercent()).isEmpty();
        assertThat(UsageView.highest(usages, UsageView::memoryPercent)).isEmpty();
    }

    @Test
    void a_table_of_usage_says_unknown_where_it_is() {
        assertThat(UsageView.table(usages("{name: app, usage: {cpu: 1500u, memory: 1Mi}}"))
                        .toString())
                .isEqualTo(
                        """
                        POD       NAME    CPU(cores)   %REQUEST       %LIMIT       %NODE       MEMORY(bytes)   %REQUEST       %LIMIT       %NODE
                        gateway   app     2m           <no request>   0%           <unknown>   1Mi             <no request>   0%           <unknown>
                        gateway   proxy   <unknown>    <no request>   <no limit>   <unknown>   <unknown>       <no request>   <no limit>   <unknown>
                        """);
    }

    private static List<UsageView> usages(String container) {
        return UsageView.of(
                List.of(POD), List.of(Manifest.of("{metadata: {name: gateway}, containers: [" + container + "]}")));
    }
}
