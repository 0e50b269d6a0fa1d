/** What the pager says: that somebody has acknowledged there. */
package org.incidentorchestrator.notify.pager;
