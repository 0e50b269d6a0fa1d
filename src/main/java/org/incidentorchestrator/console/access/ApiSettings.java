package org.incidentorchestrator.console.access;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Access to the REST API.
 *
 * @param tokenFile a file (0600) of bearer tokens, one a line: user id, a blank, the token's SHA-256 in hex. Read at
 *     start. Empty: callers use their password or the web apps' session.
 */
@Validated
@ConfigurationProperties("api")
record ApiSettings(@DefaultValue("") String tokenFile) {}
