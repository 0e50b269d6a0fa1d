package org.incidentorchestrator.step.verb.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.incidentorchestrator.step.verb.network.Connection.State;
import org.junit.jupiter.api.Test;

class ConnectionTest {
    private static final String HEADING = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when\n";

    @Test
    void addresses_of_both_families_are_read_in_the_processors_byte_order() {
        assertThat(only("   0: 0100007F:1F90 0F00140A:1538 01 00000000:00000000 00:00000000"))
                .isEqualTo(new Connection("127.0.0.1", 8080, "10.20.0.15", 5432, State.ESTABLISHED));
        assertThat(only("  12: B80D01200000000000000000010000AB:1538 00000000000000000000000000000000:0000 0A 0"))
                .isEqualTo(new Connection("2001:db8:0:0:0:0:ab00:1", 5432, "0:0:0:0:0:0:0:0", 0, State.LISTEN));
        assertThat(only("   1: 0000000000000000FFFF00000100007F:9C40 0000000000000000FFFF00000F00140A:1538 08 0"))
                .isEqualTo(new Connection("127.0.0.1", 40000, "10.20.0.15", 5432, State.CLOSE_WAIT));
    }

    @Test
    void a_port_is_that_port_and_no_longer_number_that_begins_alike() {
        Connection longer = only("   0: 0100007F:1F90 0F00140A:D431 01 0");
        assertThat(longer.remotePort()).isEqualTo(54_321);
        assertThat(longer.on(5432)).isFalse();
        assertThat(longer.on(54_321)).isTrue();
        assertThat(longer.on(8080)).isTrue();
        assertThat(longer.on(0)).isTrue();
    }

    @Test
    void what_listens_is_no_connection() {
        assertThat(only("   0: 00000000:1538 00000000:0000 0A 0").on(5432)).isFalse();
        assertThat(only("   0: 00000000:1538 00000000:0000 0A 0").on(0)).isFalse();
    }

    @Test
    void a_list_without_sockets_is_empty_and_a_text_that_is_no_list_is_none() {
        assertThat(Connection.list(HEADING)).hasValue(List.of());
        assertThat(Connection.list("")).isEmpty();
        assertThat(Connection.list("cat: can't open '/proc/net/tcp'")).isEmpty();
    }

    @Test
    void a_line_that_was_cut_or_is_no_socket_is_passed_over() {
        assertThat(Connection.list(HEADING + "   0: 0100007F:1F90 0F0014\n   x: y\n\0\n"))
                .hasValue(List.of());
    }

    @Test
    void a_state_that_the_kernel_may_get_is_unknown() {
        assertThat(only("   0: 0100007F:1F90 0F00140A:1538 0D 0").state()).isEqualTo(State.UNKNOWN);
        assertThat(only("   0: 0100007F:1F90 0F00140A:1538 FF 0").state()).isEqualTo(State.UNKNOWN);
        assertThat(only("   0: 0100007F:1F90 0F00140A:1538 06 0").state()).isEqualTo(State.TIME_WAIT);
    }

    private static Connection only(String line) {
        Optional<List<Connection>> list = Connection.list(HEADING + line + "\n");
        assertThat(list).hasValueSatisfying(all -> assertThat(all).hasSize(1));
        return list.orElseThrow().get(0);
    }
}
