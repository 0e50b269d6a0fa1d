/** Templates for Camunda Modeler, made from the classes of the steps and from the parts. */
package org.incidentorchestrator.runbook.templates;
