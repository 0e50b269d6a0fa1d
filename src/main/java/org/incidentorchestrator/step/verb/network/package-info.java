/** Services, endpoints and policies; whether something answers, from here and from inside a pod; what pods are connected to. */
package org.incidentorchestrator.step.verb.network;
