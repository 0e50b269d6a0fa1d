/** The packaged program in a process of its own: started, killed, paused and spoken to from outside. */
package org.incidentorchestrator.program;
