/**
 * The command line: one class for each command. What needs no engine starts none; what asks a running program asks its
 * REST API, as people do. {@link org.incidentorchestrator.console.command.ExitCode} says what a command ends with.
 */
package org.incidentorchestrator.console.command;
