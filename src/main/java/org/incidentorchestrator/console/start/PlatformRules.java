package org.incidentorchestrator.console.start;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TimeZone;
import org.springframework.core.env.Environment;

/** Settings of the platform that lose data or stop the work when they are wrong, and that nothing else checks. */
final class PlatformRules {
    private static final String URL = "spring.datasource.url";
    private static final String USER = "spring.datasource.username";
    private static final String H2_USER = "sa";
    private static final String POOL = "spring.datasource.hikari.maximum-pool-size";
    private static final String THREADS = "camunda.bpm.job-execution.max-pool-size";

    private PlatformRules() {}

    static List<String> faults(Environment environment, TimeZone zone) {
        List<String> faults = new ArrayList<>();
        database(environment, faults);
        if (zone.getRawOffset() != 0 || zone.useDaylightTime()) {
            faults.add("The JVM's time zone is %s: due times would be wrong; start it with -Duser.timezone=UTC"
                    .formatted(zone.getID()));
        }
        pool(environment, faults);
        return faults;
    }

    private static void database(Environment environment, List<String> faults) {
        String url = environment.getProperty(URL, "");
        Optional<DatabaseKind> kind = DatabaseKind.of(url);
        if (kind.isEmpty()) {
            faults.add(URL + " is " + DatabaseKind.withoutSecrets(url)
                    + ", which is neither PostgreSQL nor H2; name a database as"
                    + " jdbc:postgresql://host:5432/database");
        } else if (kind.get() == DatabaseKind.POSTGRESQL) {
            postgres(url, environment.getProperty(USER, ""), faults);
        } else {
            h2(url.toUpperCase(Locale.ROOT), faults);
        }
    }

    private static void postgres(String url, String user, List<String> faults) {
        if (!DatabaseKind.withoutSecrets(url).equals(url)) {
            faults.add(URL + " has a password in it, which shows in logs and process lists; give it as"
                    + " SPRING_DATASOURCE_PASSWORD, or as a file (see PostgreSQL in src/docs/operations.md)");
        }
        if (user.isEmpty() || user.equals(H2_USER)) {
            faults.add(
                    "%s is '%s', which is H2's and not PostgreSQL's; name the account that owns the database's schema"
                            .formatted(USER, user));
        }
    }

    private static void h2(String url, List<String> faults) {
        if (!url.matches("JDBC:H2:(MEM|TCP|SSL):.*") && !url.matches(".*;WRITE_DELAY=0(;.*)?")) {
            faults.add(URL + " has no ;WRITE_DELAY=0: H2 would lose what it has confirmed when the program is killed;"
                    + " add it to the URL");
        }
    }

    /** Each job thread may hold two connections: the engine's transaction and, inside of it, the step's own. */
    private static void pool(Environment environment, List<String> faults) {
        if (!environment.getProperty("camunda.bpm.job-execution.enabled", Boolean.class, true)) {
            return;
        }
        int connections = environment.getProperty(POOL, Integer.class, 10);
        int threads = environment.getProperty(THREADS, Integer.class, 10);
        if (connections < 2 * threads + 8) {
            faults.add("%s is %d: %d job threads need two connections each, and requests 8; set it to at least %d"
                    .formatted(POOL, connections, threads, 2 * threads + 8));
        }
    }
}
