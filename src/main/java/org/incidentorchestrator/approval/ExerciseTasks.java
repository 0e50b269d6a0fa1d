package org.incidentorchestrator.approval;

import org.camunda.bpm.engine.delegate.DelegateTask;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.Incidents;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Says of every task of an exercise that it is one: nobody takes it for real at three in the morning. */
@Component
@Order(20)
class ExerciseTasks implements TaskWatch {
    private final Incidents incidents;

    ExerciseTasks(Incidents incidents) {
        this.incidents = incidents;
    }

    @Override
    public void created(DelegateTask task) {
        IncidentTasks.incident(task)
                .flatMap(incidents::find)
                .filter(Incident::exercise)
                .ifPresent(exercise -> stamp(task, exercise));
    }

    private static void stamp(DelegateTask task, Incident exercise) {
        task.setName(exercise.stamp() + task.getName());
    }
}
