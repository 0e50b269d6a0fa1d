/** The web apps in a real browser, as people see them. Needs {@code chromium} on the PATH. */
package org.incidentorchestrator.browser;
