/**
 * What is asked from outside of the cluster's API: numbers of Prometheus, and the certificate that a server really
 * serves. Every question is bounded in time and size, and what is not answered is unknown, with the reason: never zero,
 * never "none". It imports nothing of ours.
 */
package org.incidentorchestrator.probe;
