/**
 * What is wrong, since when, how bad, who has it. Imports nothing of ours, so that everybody can speak of an incident.
 * The events by which the packages hear of each other live here too.
 */
package org.incidentorchestrator.incident;
