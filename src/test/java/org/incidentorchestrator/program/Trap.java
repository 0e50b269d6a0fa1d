package org.incidentorchestrator.program;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Sets a point at which a running program is killed, with nothing in the program prepared for it. */
final class Trap {
    private static final List<Class<?>> AGENT =
            List.of(KillAgent.class, KillAgent.AtEntry.class, KillAgent.AtExit.class);

    private final Path agent;

    private Trap(Path agent) {
        this.agent = agent;
    }

    /** @param file where the agent is written to */
    static Trap in(Path file) throws IOException {
        AgentJar.write(file, AGENT);
        return new Trap(file);
    }

    void set(long pid, KillPoint point) {
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
            try {
                machine.loadAgent(agent.toString(), point.className() + " " + point.method() + " " + point.moment());
            } finally {
                machine.detach();
            }
        } catch (AgentInitializationException wrong) {
            throw new AssertionError("There is no such point any more, correct it: " + point, wrong);
        } catch (IOException | AttachNotSupportedException | AgentLoadException e) {
            throw new IllegalStateException("The point could not be set: " + point, e);
        }
    }
}
