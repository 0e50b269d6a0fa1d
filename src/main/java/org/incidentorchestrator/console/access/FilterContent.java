package org.incidentorchestrator.console.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.camunda.bpm.engine.filter.Filter;
import org.camunda.bpm.engine.impl.persistence.entity.FilterEntity;

/**
 * What a filter shows, and how, whatever the order of its fields.
 *
 * @param digest SHA-256, in hex
 */
record FilterContent(String digest) {
    private static final ObjectMapper SORTED = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    static FilterContent of(Filter filter) {
        FilterEntity stored = (FilterEntity) filter;
        try {
            List<Object> parts = List.of(
                    filter.getName(),
                    SORTED.readValue(stored.getQueryInternal(), Object.class),
                    SORTED.readValue(stored.getPropertiesInternal(), Object.class));
            return new FilterContent(sha256(SORTED.writeValueAsString(parts)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The filter '" + filter.getName() + "' is not stored as JSON", e);
        }
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
