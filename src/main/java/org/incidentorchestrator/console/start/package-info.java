/**
 * The first minute: settings are checked, all faults at once, before anything is opened; what stops a start is said in
 * a few plain lines; and a program that is ready says where to go.
 */
package org.incidentorchestrator.console.start;
