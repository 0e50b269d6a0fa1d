/** Who is on call, and how they are reached (runbook K05). */
package org.incidentorchestrator.notify.oncall;
