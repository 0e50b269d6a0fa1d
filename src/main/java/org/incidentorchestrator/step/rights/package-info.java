/**
 * What this program may do in a cluster: the sum of what the verbs need that models call. The roles and policies of {@code
 * src/deploy} are made from it, and a running program compares with it what it has been given.
 */
package org.incidentorchestrator.step.rights;
