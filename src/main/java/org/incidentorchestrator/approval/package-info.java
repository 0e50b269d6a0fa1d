/** People in the loop: their tasks, what they decided; the ladder is in {@code paging}, four eyes in {@code gate}. */
package org.incidentorchestrator.approval;
