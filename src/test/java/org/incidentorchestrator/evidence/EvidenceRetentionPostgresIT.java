package org.incidentorchestrator.evidence;

import org.incidentorchestrator.support.OnPostgres;

/** The same cases on PostgreSQL. */
@OnPostgres
class EvidenceRetentionPostgresIT extends EvidenceRetentionTest {}
