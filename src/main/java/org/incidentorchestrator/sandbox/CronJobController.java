package org.incidentorchestrator.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.scheduling.support.CronExpression;

/** Says in each CronJob's status when it was last due. A suspended one is not due. Its jobs end within the second. */
final class CronJobController {
    private CronJobController() {}

    static void settle(World world, Instant at) {
        for (ObjectNode cron : world.all("CronJob")) {
            due(cron, world.asOf()).filter(moment -> !moment.isAfter(at)).ifPresent(moment -> {
                ObjectNode status = Json.object();
                status.put("lastScheduleTime", moment.toString()).put("lastSuccessfulTime", moment.toString());
                Status.write(world, cron, status, Status.CONTROLLER_MANAGER, at);
            });
        }
    }

    static Stream<Instant> next(World world) {
        return world.all("CronJob").stream().flatMap(cron -> due(cron, world.asOf()).stream());
    }

    /** The first time after it was last due; the times that it was suspended for, or nobody lived through, are left out. */
    private static Optional<Instant> due(ObjectNode cron, Instant now) {
        if (cron.at("/spec/suspend").asBoolean()) {
            return Optional.empty();
        }
        CronExpression schedule =
                CronExpression.parse("0 " + cron.at("/spec/schedule").asText());
        String last = cron.at("/status/lastScheduleTime").asText("");
        Instant missed = now.minusSeconds(1);
        Instant since = last.isEmpty() || Instant.parse(last).isBefore(missed) ? missed : Instant.parse(last);
        ZonedDateTime next = schedule.next(since.atZone(ZoneOffset.UTC));
        return Optional.ofNullable(next).map(ZonedDateTime::toInstant);
    }
}
