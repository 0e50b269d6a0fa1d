package org.incidentorchestrator.console.command;

/** A command ends without having done what it is for. The message says what, where, why, and what to do. */
final class CommandFailed extends RuntimeException {
    private final int code;

    private CommandFailed(int code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    static CommandFailed wrongUsage(String message) {
        return new CommandFailed(ExitCode.WRONG_USAGE, message, null);
    }

    static CommandFailed foundWrong(String message, Throwable cause) {
        return new CommandFailed(ExitCode.FOUND_WRONG, message, cause);
    }

    static CommandFailed unreachable(String message, Throwable cause) {
        return new CommandFailed(ExitCode.UNREACHABLE, message, cause);
    }

    static CommandFailed refused(String message) {
        return new CommandFailed(ExitCode.REFUSED, message, null);
    }

    static CommandFailed failed(String message, Throwable cause) {
        return new CommandFailed(ExitCode.FAILED, message, cause);
    }

    /** One of {@link ExitCode}. */
    int code() {
        return code;
    }
}
