/**
 * The rules that every process model keeps, one class each: those of the program when it is built, those of a folder
 * before they are deployed. {@code ModelCheck} is the entry; rules of pictures are kept by the build alone.
 */
package org.incidentorchestrator.runbook.rules;
