/** People in the loop: the ladder, who has an incident, what they decided. */
package org.incidentorchestrator.approval;
