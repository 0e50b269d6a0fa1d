/**
 * The embedded database's file after an unclean end: whether the last end was one, whether the file is sound, and, where
 * it is not, a fresh one with all of it that could be saved. It reads H2 from inside, since SQL answers a count from
 * what it counted before, and not from what is there.
 */
package org.incidentorchestrator.console.start.h2;
