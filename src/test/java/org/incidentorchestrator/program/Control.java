package org.incidentorchestrator.program;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What stands in the way of an attack, and the method that is skipped to take it away. */
enum Control {
    /** Both addresses of the engine's REST API. */
    ADDRESSES("console.access.EngineOperations", "refusal"),
    /** Every command that a person gives the engine. */
    DOOR("approval.gate.access.CommandDoor", "pass"),
    CHECKER("approval.gate.access.ClosedChecks", "check"),
    CLAIM("approval.gate.access.LookedAt", "claim"),
    CLAIMER("approval.gate.access.FormGuard", "claimed"),
    FORM("approval.gate.access.FormGuard", "refuse"),
    MEMBERSHIP("approval.gate.access.SettledIdentities", "refuseMembership"),
    MEMBER("approval.gate.access.SettledIdentities", "refuseMember"),
    USER_ID("approval.gate.access.SettledIdentities", "refuseId"),
    GROUP("approval.gate.access.SettledIdentities", "refuseGroup"),
    OTHERS_NAME("approval.paging.Acknowledgement", "refuseAnothersName"),
    FOUR_EYES("approval.gate.FourEyes", "involvement"),
    APPROVER("approval.gate.FourEyes", "approver"),
    MAY_BREAK("approval.gate.FourEyes", "mayBreakGlass"),
    MAY_ANSWER("approval.gate.FourEyes", "mayAnswer"),
    /** Held to whoever breaks the glass, the reason too. */
    GLASS("approval.gate.AnswerGuard", "noGlass"),
    EXPIRY("approval.gate.AnswerGuard", "expired"),
    REVIEWER("approval.gate.GlassReviewTasks", "refuseUnfit"),
    /** Asked by the step that changes something. */
    PERMIT("approval.gate.ApprovalPermit", "consume"),
    /** Asked by the step again: who approved, and whether the run may change anything. */
    PERMIT_PERSON("approval.gate.ApprovalPermit", "refuseUnfitPerson"),
    /** Asked by the step: whether the approval is about this proposal, run and cluster. */
    PERMIT_SUBJECT("approval.gate.ApprovalPermit", "about"),
    SEAL("approval.gate.ApprovalSeal", "verifies"),
    /** Each proposal and each approval is used once. */
    ONE_USE("step.StepIntents", "claimDecision"),
    OWN_PAGE("console.access.CallerFilter", "ownPage"),
    /** Which groups may use which route: Spring Security's. */
    ROUTES("org.springframework.security.web.access.intercept.RequestMatcherDelegatingAuthorizationManager", "check"),
    /** The engine's own. */
    PERMISSIONS("org.camunda.bpm.engine.impl.persistence.entity.AuthorizationManager", "checkAuthorization");

    private static final String OURS = "org.incidentorchestrator.";

    private final String type;
    private final String method;

    Control(String type, String method) {
        this.type = type;
        this.method = method;
    }

    private String point() {
        return (type.startsWith("org.") ? type : OURS + type) + "!" + method;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** The switches of one running program. */
    static final class Switches {
        private static final List<Class<?>> AGENT =
                List.of(ControlAgent.class, ControlAgent.Nothing.class, ControlAgent.NothingWrong.class);

        private final Path agent;
        private final long pid;
        private Collection<Control> off = List.of();

        private Switches(Path agent, long pid) {
            this.agent = agent;
            this.pid = pid;
        }

        static Switches of(Program program, Path agent) throws IOException {
            AgentJar.write(agent, AGENT);
            return new Switches(agent, program.pid());
        }

        /** These are off from now on, and all others on. */
        void off(Collection<Control> controls) {
            off = List.copyOf(controls);
            send("off " + controls.stream().map(Control::point).collect(Collectors.joining(" ")));
        }

        /** What a scene needs is made with the engine's doors open, and with what is off besides. */
        <T> T opened(Supplier<T> work) {
            Collection<Control> before = off;
            Set<Control> open = EnumSet.of(ADDRESSES, CHECKER);
            open.addAll(before);
            off(open);
            try {
                return work.get();
            } finally {
                off(before);
            }
        }

        void sql(String url, String statement) {
            send("sql " + url + " " + statement);
        }

        private void send(String order) {
            try {
                VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
                try {
                    machine.loadAgent(agent.toString(), order);
                } finally {
                    machine.detach();
                }
            } catch (AgentInitializationException wrong) {
                throw new AssertionError("The program has no such control any more, correct it: " + order, wrong);
            } catch (IOException | AttachNotSupportedException | AgentLoadException e) {
                throw new IllegalStateException("The control could not be switched: " + order, e);
            }
        }
    }
}
