/** The ways to reach somebody: mail, chat, pager. Each sends one message with bounded calls and says what came of it. */
package org.incidentorchestrator.notify.channel;
