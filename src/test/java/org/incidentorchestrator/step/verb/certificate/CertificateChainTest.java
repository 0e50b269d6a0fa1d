package org.incidentorchestrator.step.verb.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.incidentorchestrator.support.TestAuthority;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateChainTest {
    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant SOON = Instant.parse("2026-12-10T00:00:00Z");
    private static final Instant LATE = Instant.parse("2027-06-01T00:00:00Z");
    private static final TestAuthority ROOT = TestAuthority.root("root", FROM, LATE);
    private static final TestAuthority INTERMEDIATE = ROOT.authority("intermediate", 2, FROM, SOON);
    private static final TestAuthority SERVER =
            INTERMEDIATE.server(3, FROM.plusSeconds(60), LATE, "gateway.example", "*.a.example");
    private static final CertificateChain CHAIN =
            new CertificateChain(List.of(SERVER.certificate(), INTERMEDIATE.certificate()));

    @Test
    void it_is_good_while_each_of_its_certificates_is() {
        assertThat(CHAIN.notAfter()).isEqualTo(SOON);
        assertThat(CHAIN.notBefore()).isEqualTo(FROM.plusSeconds(60));
        assertThat(CHAIN.faults(SOON)).isEmpty();
        assertThat(CHAIN.faults(SOON.plusMillis(1))).containsExactly("expired");
        assertThat(CHAIN.faults(FROM)).containsExactly("not yet valid");
    }

    @Test
    void days_are_whole_ones_and_negative_once_it_is_over() {
        assertThat(CHAIN.daysLeft(SOON.minusSeconds(86_400))).isEqualTo(1);
        assertThat(CHAIN.daysLeft(SOON.minusSeconds(86_399))).isZero();
        assertThat(CHAIN.daysLeft(SOON.plusSeconds(1))).isEqualTo(-1);
    }

    @Test
    void certificates_that_did_not_issue_each_other_are_no_chain() {
        assertThat(CHAIN.linked()).isTrue();
        assertThat(new CertificateChain(List.of(SERVER.certificate(), ROOT.certificate())).faults(SOON))
                .containsExactly("chain out of order");
        assertThat(new CertificateChain(List.of(SERVER.certificate())).linked()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "gateway.example, true",
        "GATEWAY.example, true",
        "x.gateway.example, false",
        "x.a.example, true",
        "x.y.a.example, false",
        "a.example, false",
        "example, false"
    })
    void a_star_stands_for_one_label(String host, boolean named) {
        assertThat(CHAIN.isFor(host)).isEqualTo(named);
    }

    @Test
    void a_serial_has_whole_bytes() {
        assertThat(CHAIN.serial()).isEqualTo("03");
        assertThat(new CertificateChain(
                                List.of(ROOT.server(0xabcdef, FROM, LATE, "a").certificate()))
                        .serial())
                .isEqualTo("abcdef");
    }

    @Test
    void text_around_the_blocks_and_other_blocks_are_passed_over() {
        String text = "subject=CN = gateway\n" + SERVER.keyPem() + "\r\n"
                + SERVER.pem().replace("\n", "\r\n") + "i:root\n" + INTERMEDIATE.pem();
        assertThat(PemText.certificates("tls.crt", text).chain()).hasValue(CHAIN);
    }

    @Test
    void a_chain_without_end_is_not_read() {
        assertThat(PemText.certificates("tls.crt", SERVER.pem().repeat(21)).fault())
                .isEqualTo("certificate 21 in tls.crt cannot be read");
        assertThat(PemText.certificates("tls.crt", SERVER.pem().repeat(20)).chain())
                .isPresent();
    }
}
