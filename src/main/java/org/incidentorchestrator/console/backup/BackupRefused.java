package org.incidentorchestrator.console.backup;

/** No back-up was made, or none was put in place; nothing has changed. The message says why, and what to do. */
public final class BackupRefused extends RuntimeException {
    /** Why, for whoever has to tell it from the others. */
    public enum Reason {
        /** The file is no back-up, or not as it was written. */
        DAMAGED,
        /** Something is there that would be overwritten, or the database makes its back-ups itself. */
        STANDS_AGAINST
    }

    private final Reason reason;

    BackupRefused(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** Each database makes its own back-ups best; PostgreSQL's are its tools'. */
    static BackupRefused ofPostgres() {
        return new BackupRefused(
                Reason.STANDS_AGAINST,
                "The database is PostgreSQL, whose back-ups its own tools make, while this program runs: pg_dump"
                        + " --format=custom --file=incidents.dump incidents, and pg_restore into an empty one with this"
                        + " program stopped (see PostgreSQL in src/docs/operations.md).");
    }
}
