package org.incidentorchestrator.console.command;

import picocli.CommandLine.Option;

/** The option that every command has. */
final class Help {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "show this, and do nothing")
    private boolean wanted;
}
