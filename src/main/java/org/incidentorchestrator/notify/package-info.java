/** Outwards: mail, chat and pager; an outbox that never blocks a timer or a step. */
package org.incidentorchestrator.notify;
