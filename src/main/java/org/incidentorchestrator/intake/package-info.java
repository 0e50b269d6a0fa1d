/**
 * A webhook becomes an alert, exactly once: the raw body is committed to an inbox before the 2xx; unique keys in the
 * database decide, not read-then-write. One class per paging system. What webhooks miss is asked for and goes the same way
 * ({@link org.incidentorchestrator.intake.Reconciliation}).
 */
package org.incidentorchestrator.intake;
