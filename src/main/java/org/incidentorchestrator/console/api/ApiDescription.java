package org.incidentorchestrator.console.api;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import org.incidentorchestrator.incident.IncidentNumber;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What stands at the head of the OpenAPI document. */
@Configuration(proxyBeanMethods = false)
class ApiDescription {
    static {
        SpringDocUtils.getConfig().replaceWithClass(IncidentNumber.class, String.class);
    }

    @Bean
    OpenAPI openApi() {
        return new OpenAPI()
                .info(new Info()
                        .title("Incident orchestrator")
                        .version("1")
                        .description("Incidents, their record, and the webhooks that open them. An incident is named"
                                + " INC-1; times are UTC (RFC 3339); errors are problem details (RFC 9457)."));
    }
}
