/**
 * Certificates: what lies in TLS secrets, what is served, and how External Secrets brings new ones. Of a secret only its
 * certificates go further; its key is compared with them in one place and goes nowhere.
 */
package org.incidentorchestrator.step.verb.certificate;
