/** What tests of several packages share. */
package org.incidentorchestrator.support;
