package org.incidentorchestrator.approval.paging;

import java.util.List;
import org.incidentorchestrator.incident.IncidentNumber;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Who was asked to work on an incident beside whoever has it. Each method joins the caller's transaction. */
@Repository
class Invitations {
    /** @param group whether everybody of a group was asked, or one person */
    record Invitation(boolean group, String name) {
        private String kind() {
            return group ? "GROUP" : "PERSON";
        }
    }

    private final JdbcClient jdbc;

    Invitations(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Invitation> of(IncidentNumber incident) {
        return jdbc.sql("select kind, name from responder where incident = :incident order by kind, name")
                .param("incident", incident.value())
                .query((row, i) -> new Invitation("GROUP".equals(row.getString("kind")), row.getString("name")))
                .list();
    }

    /** Of one that was not asked before. */
    void add(IncidentNumber incident, Invitation invited) {
        jdbc.sql("insert into responder (incident, kind, name) values (:incident, :kind, :name)")
                .param("incident", incident.value())
                .param("kind", invited.kind())
                .param("name", invited.name())
                .update();
    }
}
