/**
 * Scripts and files of the machine that the program runs on: only scripts that the settings name, each pinned to its
 * SHA-256, with a fixed argument array, bounded in time and output. Nothing that came from outside becomes a part of a
 * command. A run outlives the program: a small supervisor of its own ends it in time and writes down how it ended.
 */
package org.incidentorchestrator.host;
