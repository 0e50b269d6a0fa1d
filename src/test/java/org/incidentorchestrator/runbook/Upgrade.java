package org.incidentorchestrator.runbook;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.repository.Deployment;
import org.incidentorchestrator.runbook.WaitStates.Standing;
import org.springframework.jdbc.core.RowCallbackHandler;

/**
 * The new program is started in the middle of a scenario that began on the models of a release. From then on it is noted
 * where the incidents of the release stand, whenever the engine could be ended, and what they leave.
 */
final class Upgrade implements AutoCloseable {
    private final RunbookScenario scenario;
    private final String release;
    private final String atWork;
    private final Set<Standing> stood = new HashSet<>();
    private final NewProgram newer;
    private Set<String> endedBefore;

    /**
     * @param release the deployment that the scenario begins on
     * @param atWork it is started as soon as this model of the release is at work: {@code end-lease}; or any, where it is empty
     */
    Upgrade(RunbookScenario scenario, Deployment release, NewProgram newer, String atWork) {
        this.scenario = scenario;
        this.release = release.getId();
        this.newer = newer;
        this.atWork = atWork;
        newer.isNotYetStarted();
        scenario.between = this::between;
    }

    private void between() {
        Set<Standing> standing = WaitStates.now(scenario.jdbc, release);
        if (!happened() && standing.stream().anyMatch(each -> each.of(atWork))) {
            newer.starts(scenario.engine);
            endedBefore = completed().keySet();
        }
        if (happened()) {
            stood.addAll(standing);
        }
    }

    boolean happened() {
        return endedBefore != null;
    }

    /** Where incidents of the release stood under the new program, and went on. */
    Set<String> passed() {
        Set<Standing> left = new HashSet<>(stood);
        left.removeAll(WaitStates.now(scenario.jdbc, release));
        return left.stream().map(Standing::element).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The models of the release that came to an end of theirs since. */
    Set<String> ended() {
        Map<String, String> completed = completed();
        completed.keySet().removeAll(endedBefore);
        return new TreeSet<>(completed.values());
    }

    /** Instances of the release that have come to an end of theirs, with their models. */
    private Map<String, String> completed() {
        Map<String, String> models = new HashMap<>();
        scenario.jdbc
                .sql(
                        """
                        select i.id_ as id, d.key_ as model from act_hi_procinst i join act_re_procdef d on d.id_ = i.proc_def_id_
                         where d.deployment_id_ = :release and i.state_ = 'COMPLETED'""")
                .param("release", release)
                .query((RowCallbackHandler) row -> models.put(row.getString("id"), row.getString("model")));
        return models;
    }

    /** What an incident of the release has called, or asked, of another one. */
    List<String> strayed() {
        return scenario.jdbc
                .sql(
                        """
                        select d.key_ || ' calls ' || c.key_ || ' of another release'
                          from act_hi_procinst i join act_re_procdef d on d.id_ = i.proc_def_id_
                          join act_hi_procinst o on o.super_process_instance_id_ = i.id_
                          join act_re_procdef c on c.id_ = o.proc_def_id_
                         where d.deployment_id_ = :release and c.deployment_id_ <> :release
                        union select d.key_ || ' asks ' || c.key_ || ' of another release'
                          from act_hi_decinst a join act_re_procdef d on d.id_ = a.proc_def_id_
                          join act_re_decision_def c on c.id_ = a.dec_def_id_
                         where d.deployment_id_ = :release and c.deployment_id_ <> :release""")
                .param("release", release)
                .query(String.class)
                .list();
    }

    @Override
    public void close() {
        scenario.between = () -> {};
    }
}
