/** Paging: who is told when, who has an incident, and what becomes of it when nobody has. */
package org.incidentorchestrator.approval.paging;
