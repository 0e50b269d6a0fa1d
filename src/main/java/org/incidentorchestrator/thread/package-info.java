/** Threads that a part of the program has for itself, and when they begin and end. Imports nothing of ours. */
package org.incidentorchestrator.thread;
