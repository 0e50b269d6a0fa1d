package org.incidentorchestrator.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.camunda.bpm.engine.history.HistoricVariableInstance;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.incidentorchestrator.IncidentOrchestrator;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * How late timers fire that are as urgent as the ladder's, while the program has nothing else to do: a thousand that are
 * due at random over ten minutes, then a thousand that are due in the same second. The program runs in this process, on
 * its sandbox in an empty folder. Its arguments are settings: {@code --spring.datasource.url} for another database.
 */
public final class TimerBenchmark {
    private static final int TIMERS = 1000;
    private static final Duration FIRST_AFTER = Duration.ofSeconds(45);
    private static final Duration SPREAD = Duration.ofMinutes(10);
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private final ProcessEngine engine;

    private TimerBenchmark(ProcessEngine engine) {
        this.engine = engine;
    }

    public static void main(String[] settings) throws Exception {
        Path folder = Files.createTempDirectory("timers");
        List<String> arguments =
                new ArrayList<>(List.of("--server.port=0", "--data.folder=" + folder, "--sandbox.first-alert=false"));
        arguments.addAll(List.of(settings));
        try (ConfigurableApplicationContext program =
                new SpringApplicationBuilder(IncidentOrchestrator.class).run(arguments.toArray(String[]::new))) {
            TimerBenchmark benchmark = new TimerBenchmark(program.getBean(ProcessEngine.class));
            benchmark.deploy();
            benchmark.measure("spread over " + SPREAD.toMinutes() + " min", SPREAD);
            benchmark.measure("due in the same second", Duration.ofSeconds(1));
        }
    }

    private void deploy() {
        engine.getRepositoryService()
                .createDeployment()
                .addModelInstance(
                        "timer.bpmn",
                        Bpmn.createExecutableProcess("timer")
                                .camundaHistoryTimeToLive(1)
                                .startEvent()
                                .intermediateCatchEvent("due")
                                .camundaJobPriority("100")
                                .timerWithDate("${due}")
                                .endEvent()
                                .done())
                .deploy();
    }

    private void measure(String name, Duration spread) throws InterruptedException {
        Random random = new Random(7);
        Instant first = Instant.now().plus(FIRST_AFTER);
        for (int timer = 0; timer < TIMERS; timer++) {
            Instant due = first.plusMillis((long) (random.nextDouble() * spread.toMillis()));
            engine.getRuntimeService().startProcessInstanceByKey("timer", name, Map.of("due", due.toString()));
        }
        if (Instant.now().isAfter(first)) {
            throw new IllegalStateException(
                    "the first timer was due before the last was there; this machine is too slow");
        }
        awaitEnd(name);
        report(name);
    }

    private void awaitEnd(String name) throws InterruptedException {
        Instant giveUp = Instant.now().plus(PATIENCE);
        while (engine.getRuntimeService()
                        .createProcessInstanceQuery()
                        .processInstanceBusinessKey(name)
                        .count()
                > 0) {
            if (Instant.now().isAfter(giveUp)) {
                throw new IllegalStateException("not all timers have fired in " + PATIENCE);
            }
            // Seldom, so that the engine has nothing else to do.
            TimeUnit.SECONDS.sleep(20);
        }
    }

    private void report(String name) {
        List<Long> late = new ArrayList<>();
        for (HistoricProcessInstance instance : engine.getHistoryService()
                .createHistoricProcessInstanceQuery()
                .processInstanceBusinessKey(name)
                .list()) {
            HistoricVariableInstance due = engine.getHistoryService()
                    .createHistoricVariableInstanceQuery()
                    .processInstanceId(instance.getId())
                    .variableName("due")
                    .singleResult();
            late.add(Duration.between(
                            Instant.parse((String) due.getValue()),
                            instance.getEndTime().toInstant())
                    .toMillis());
        }
        late.sort(null);
        System.out.printf(
                "%d timers %s: lateness median %d ms, p99 %d ms, maximum %d ms%n",
                late.size(), name, late.get(TIMERS / 2), late.get(TIMERS * 99 / 100), late.get(TIMERS - 1));
    }
}
