/** Measures the running program from outside, by hand: no part of the build's tests. */
package org.incidentorchestrator.bench;
