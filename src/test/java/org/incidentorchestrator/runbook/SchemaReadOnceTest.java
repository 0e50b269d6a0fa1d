package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ParseException;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.incidentorchestrator.support.TestDatabase;
import org.incidentorchestrator.support.TestEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A model is held against BPMN's schema as before, though that is not read anew for each of them. */
class SchemaReadOnceTest {
    private static final String MODEL = Carrier.read(Path.of("processes/starts/begin-maintenance.bpmn"));

    private final List<String> heard = new ArrayList<>();
    private final TestDatabase database = TestDatabase.create();
    private final ProcessEngine engine = TestEngine.on(database, rules -> {
        rules.setBpmnParseFactory(new SchemaReadOnce(rules::getExpressionManager));
        rules.setCustomPreBPMNParseListeners(List.of(new AbstractBpmnParseListener() {
            @Override
            public void parseProcess(Element element, ProcessDefinitionEntity process) {
                heard.add(process.getKey());
            }
        }));
        rules.setBeans(Map.of("timers", Map.of("maintenanceStart", "0 0 2 ? * SUN")));
    });

    @AfterEach
    void close() {
        engine.close();
        database.close();
    }

    @Test
    void what_keeps_to_the_schema_is_taken_time_and_again() {
        assertThatCode(() -> {
                    deploy(MODEL);
                    deploy(MODEL);
                })
                .doesNotThrowAnyException();
    }

    @Test
    void who_listens_to_the_engines_parser_hears_of_it() {
        deploy(MODEL);
        assertThat(heard).containsExactly("begin-maintenance");
    }

    @Test
    void what_the_schema_does_not_know_is_refused_with_its_place() {
        assertThatThrownBy(() -> deploy(MODEL.replace("<bpmn:startEvent ", "<bpmn:startEvent urgent=\"true\" ")))
                .isInstanceOf(ParseException.class)
                .hasMessageContaining("'urgent' is not allowed")
                .hasMessageContaining("line 7");
    }

    @Test
    void a_model_brings_no_entities_of_its_own() {
        String entity = "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/hostname\">]>";
        assertThatThrownBy(() -> deploy(MODEL.replace("?>", "?>" + entity)))
                .isInstanceOf(ProcessEngineException.class)
                .hasMessageContaining("DOCTYPE is disallowed");
    }

    private void deploy(String model) {
        engine.getRepositoryService()
                .createDeployment()
                .addString("begin-maintenance.bpmn", model)
                .deploy();
    }
}
