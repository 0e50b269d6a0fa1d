/** The database's file, damaged on purpose. */
package org.incidentorchestrator.console.start.h2;
