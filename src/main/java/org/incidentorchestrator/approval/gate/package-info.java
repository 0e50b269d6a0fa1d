/** Four eyes: what a second person has to approve, and every way around that closed. */
package org.incidentorchestrator.approval.gate;
