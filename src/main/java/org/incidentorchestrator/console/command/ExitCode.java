package org.incidentorchestrator.console.command;

/** What a command ends with, so that a script can tell what was found from what could not be found out. */
public final class ExitCode {
    /** All is well. */
    public static final int FINE = 0;

    /** It was looked, and something is wrong: it is named on standard output, or on standard error for a start. */
    public static final int FOUND_WRONG = 1;

    /** The command, an option or a file that it names is not what it takes. picocli's own code for it. */
    public static final int WRONG_USAGE = 2;

    /** Nothing was found out: the running program or the database does not answer, or somebody else has it open. */
    public static final int UNREACHABLE = 3;

    /** Not done, because it may not be: a login that is not let in, or state that would be overwritten. */
    public static final int REFUSED = 4;

    /** This program's own fault: a bug, a full disk. */
    public static final int FAILED = 5;

    private ExitCode() {}
}
