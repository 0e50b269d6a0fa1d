/**
 * The configuration of a namespace, kept so that it can be applied again: all kinds that can be, stripped of what the
 * server sets, secrets encrypted for people who hold a key that this program has not got. A back-up lies in a folder of
 * its own, which has a manifest once it is whole.
 */
package org.incidentorchestrator.step.verb.backup;
