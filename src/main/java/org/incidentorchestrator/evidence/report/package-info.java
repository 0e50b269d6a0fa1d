/** An incident as a page for the review after it, in Markdown and for print: made of the record, and of nothing else. */
package org.incidentorchestrator.evidence.report;
