/**
 * Watches over the paging itself, apart from the engine that carries it: what would silence it is found, told to people,
 * and told outside by a heartbeat that stops.
 */
package org.incidentorchestrator.approval.watchdog;
