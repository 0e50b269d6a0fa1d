package org.incidentorchestrator.step.verb.workload;

import java.util.List;
import java.util.Optional;
import org.incidentorchestrator.cluster.ClusterFailure;
import org.incidentorchestrator.cluster.ClusterReader;
import org.incidentorchestrator.cluster.ClusterReader.HttpAnswer;
import org.incidentorchestrator.cluster.ClusterReader.HttpQuery;
import org.incidentorchestrator.cluster.ClusterReader.Query;
import org.incidentorchestrator.cluster.Endpoints;
import org.incidentorchestrator.cluster.HealthProbe;
import org.incidentorchestrator.cluster.PodView;
import org.incidentorchestrator.cluster.ResourceType;
import org.incidentorchestrator.cluster.WorkloadView;
import org.incidentorchestrator.step.verb.Subject;

/** Asks whether a workload is well: its replicas, its endpoints, and its own health address where it declares one. */
record Checkup(Subject subject, ClusterReader cluster) {

    Health examine(List<PodView> pods) {
        WorkloadView workload = subject.workload();
        int desired = workload.desired();
        if (desired == 0) {
            return new Health.Unwell("it is scaled to 0: nothing runs, so nothing has recovered");
        }
        if (!workload.observed()) {
            return new Health.Unwell("its controller has not seen the last change yet");
        }
        if (workload.ready() < desired) {
            return new Health.Unwell(workload.ready() + " of " + desired + " replicas are ready");
        }
        List<String> unreached = endpoints(pods).withoutReady();
        return unreached.isEmpty()
                ? ask(pods)
                : new Health.Unwell("service " + unreached.get(0) + " has no ready endpoint among its pods");
    }

    private Endpoints endpoints(List<PodView> pods) {
        Query query = Query.in(subject.target().namespace());
        return Endpoints.of(
                subject.workload(),
                pods.stream().map(PodView::pod).toList(),
                cluster.list(ResourceType.SERVICES, query),
                cluster.list(ResourceType.ENDPOINT_SLICES, query));
    }

    /** Ends at the first pod that is not well, so that silence is waited for once. */
    private Health ask(List<PodView> pods) {
        Optional<Health> bad = pods.stream()
                .filter(PodView::ready)
                .flatMap(pod -> HealthProbe.of(pod.pod()).map(probe -> probe.of(pod)).stream())
                .map(this::ask)
                .filter(health -> !(health instanceof Health.Well))
                .findFirst();
        return bad.orElse(new Health.Well(
                subject.workload().ready() + " of " + subject.workload().desired() + " replicas are ready"));
    }

    private Health ask(HttpQuery query) {
        String whom = query.path() + " of pod " + query.name();
        try {
            return health(whom, cluster.http(query));
        } catch (ClusterFailure failure) {
            return new Health.Unknown(whom + " could not be asked: " + failure.getMessage());
        }
    }

    /** Who takes no connection from the API server may take those of others: a network policy may stand in between. */
    private static Health health(String whom, HttpAnswer answer) {
        if (answer instanceof HttpAnswer.Answered answered) {
            return answered.ok()
                    ? new Health.Well("")
                    : new Health.Unwell(whom + " answers with status " + answered.status());
        }
        return new Health.Unknown(whom + " could not be asked: " + ((HttpAnswer.Unanswered) answer).reason());
    }
}
