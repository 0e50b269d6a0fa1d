package org.incidentorchestrator.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import org.camunda.bpm.engine.ProcessEngine;
import org.incidentorchestrator.approval.paging.PagingSchedule;
import org.incidentorchestrator.evidence.Artefacts;
import org.incidentorchestrator.evidence.RecordProof;
import org.incidentorchestrator.evidence.Timeline;
import org.incidentorchestrator.incident.CommonCauses;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.runbook.Escalations;
import org.incidentorchestrator.runbook.RunbookProgress;
import org.incidentorchestrator.step.StopSwitch;
import org.incidentorchestrator.support.TestDatabase;
import org.incidentorchestrator.support.TestEngine;
import org.junit.jupiter.api.Test;
import org.springdoc.core.configuration.SpringDocConfiguration;
import org.springdoc.core.properties.SpringDocConfigProperties;
import org.springdoc.webmvc.core.configuration.SpringDocWebMvcConfiguration;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.http.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.autoconfigure.jackson.JacksonAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.DispatcherServletAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.WebMvcAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

@SpringBootTest(classes = OpenApiTest.Api.class)
class OpenApiTest {
    @Autowired
    private WebApplicationContext context;

    @Test
    void the_document_lists_every_path_of_the_incident_api_with_a_summary() throws Exception {
        byte[] body = MockMvcBuilders.webAppContextSetup(context)
                .build()
                .perform(MockMvcRequestBuilders.get("/api/openapi"))
                .andReturn()
                .getResponse()
                .getContentAsByteArray();
        JsonNode paths = new ObjectMapper().readTree(body).path("paths");

        assertThat(paths.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "/api/incidents",
                        "/api/incidents/{incident}",
                        "/api/incidents/{incident}/timeline",
                        "/api/incidents/{incident}/evidence/{number}",
                        "/api/incidents/{incident}/verify");
        assertThat(paths)
                .allSatisfy(path -> assertThat(path.at("/get/summary").asText()).isNotBlank());
        assertThat(paths.at("/~1api~1incidents~1{incident}/get/parameters/0/schema/type")
                        .asText())
                .isEqualTo("string");
    }

    @ImportAutoConfiguration({
        JacksonAutoConfiguration.class,
        HttpMessageConvertersAutoConfiguration.class,
        DispatcherServletAutoConfiguration.class,
        WebMvcAutoConfiguration.class,
        SpringDocConfiguration.class,
        SpringDocConfigProperties.class,
        SpringDocWebMvcConfiguration.class
    })
    @Import({
        ApiDescription.class,
        EvidenceController.class,
        IncidentController.class,
        IncidentNumberConverter.class,
        ProblemAdvice.class,
        WhatNext.class
    })
    static class Api {
        @Bean(destroyMethod = "close")
        TestDatabase database() {
            return TestDatabase.create();
        }

        @Bean(destroyMethod = "close")
        ProcessEngine engine(TestDatabase database) {
            return TestEngine.on(database);
        }

        @Bean
        Incidents incidents(TestDatabase database) {
            return new Incidents(database.jdbc());
        }

        @Bean
        Artefacts artefacts(TestDatabase database) {
            return database.artefacts(Clock.systemUTC());
        }

        @Bean
        Timeline timeline(TestDatabase database) {
            return new Timeline(database.jdbc());
        }

        @Bean
        RecordProof proof(TestDatabase database) {
            return new RecordProof(new JdbcTemplate(database.dataSource()), database.transactions());
        }

        @Bean
        RunbookProgress progress(TestDatabase database, ProcessEngine engine) {
            return new RunbookProgress(engine, database.jdbc());
        }

        @Bean
        StopSwitch stop(TestDatabase database) {
            return new StopSwitch(database.jdbc());
        }

        @Bean
        CommonCauses causes(TestDatabase database) {
            return new CommonCauses(database.jdbc());
        }

        @Bean
        Clock clock() {
            return Clock.systemUTC();
        }

        @Bean
        PagingSchedule paging(Timeline timeline) {
            return new PagingSchedule(Escalations.defaults(timeline));
        }
    }
}
