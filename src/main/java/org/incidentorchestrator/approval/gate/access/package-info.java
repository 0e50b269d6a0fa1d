/**
 * What people may ask of the engine directly, at every address of its: everything that could move a process around its
 * decisions is refused to everybody, to administrators too. {@link
 * org.incidentorchestrator.approval.gate.access.CommandDoor} sees every command and lets those pass that are known here;
 * {@link org.incidentorchestrator.approval.gate.access.ClosedChecks} is what they ask; a task's answer is held against
 * its form by {@link org.incidentorchestrator.approval.gate.access.FormGuard}; who belongs to the groups that decide
 * comes from the settings alone, by {@link org.incidentorchestrator.approval.gate.access.SettledMembers}.
 */
package org.incidentorchestrator.approval.gate.access;
