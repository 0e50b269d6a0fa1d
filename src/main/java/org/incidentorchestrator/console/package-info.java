/** The command line, the REST API, the report, and who may see and do what. Reads many packages, writes through the owners. */
package org.incidentorchestrator.console;
