/**
 * What happened, by whom, provable: an append-only log, hash-chained by one sealer, and the outputs that steps read,
 * redacted, compressed, by reference.
 */
package org.incidentorchestrator.evidence;
