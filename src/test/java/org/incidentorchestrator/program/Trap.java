package org.incidentorchestrator.program;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import net.bytebuddy.ByteBuddy;

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
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue("Agent-Class", KillAgent.class.getName());
        attributes.putValue("Can-Retransform-Classes", "true");
        attributes.putValue(
                "Class-Path",
                ByteBuddy.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toString());
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            for (Class<?> type : AGENT) {
                String entry = type.getName().replace('.', '/') + ".class";
                jar.putNextEntry(new JarEntry(entry));
                try (InputStream bytes = type.getClassLoader().getResourceAsStream(entry)) {
                    bytes.transferTo(jar);
                }
            }
        }
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
