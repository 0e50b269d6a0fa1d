package org.incidentorchestrator.program;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.Method;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.request.BreakpointRequest;
import com.sun.jdi.request.EventRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;

/** Holds single threads of a running program at the beginning of a method, as a debugger does, until they may go on. */
final class Breakpoints implements AutoCloseable {
    private static final Map<Program, Integer> PORTS = new ConcurrentHashMap<>();

    private final VirtualMachine machine;
    private final Map<BreakpointRequest, Stop> stops = new ConcurrentHashMap<>();

    private Breakpoints(VirtualMachine machine) {
        this.machine = machine;
        Thread events = new Thread(this::listen, "breakpoints");
        events.setDaemon(true);
        events.start();
    }

    /** Before its start. */
    static void allowIn(Program program) {
        int port = freePort();
        PORTS.put(program, port);
        program.jvm("-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,quiet=y,address=127.0.0.1:" + port);
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of a program that runs, for one user at a time. Closed, it lets all threads go on. */
    static Breakpoints in(Program program) {
        var connector = Bootstrap.virtualMachineManager().attachingConnectors().stream()
                .filter(one -> one.name().equals("com.sun.jdi.SocketAttach"))
                .findFirst()
                .orElseThrow();
        var arguments = connector.defaultArguments();
        arguments.get("hostname").setValue("127.0.0.1");
        arguments.get("port").setValue(PORTS.get(program).toString());
        // After one user has left, the program takes a moment to listen again.
        return new Breakpoints(Awaitility.await("the port for breakpoints")
                .ignoreException(ConnectException.class)
                .atMost(Duration.ofSeconds(30))
                .until(() -> connector.attach(arguments), Objects::nonNull));
    }

    /** The first thread that comes to this method from now on stands still there; all others go through. */
    Stop once(String type, String method) {
        Method found = machine.classesByName("org.incidentorchestrator." + type).stream()
                .flatMap(known -> known.methodsByName(method).stream())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(type + "." + method + " is not loaded"));
        BreakpointRequest request = machine.eventRequestManager().createBreakpointRequest(found.location());
        request.setSuspendPolicy(EventRequest.SUSPEND_EVENT_THREAD);
        request.addCountFilter(1);
        Stop stop = new Stop(type + "." + method);
        stops.put(request, stop);
        request.enable();
        return stop;
    }

    private void listen() {
        try {
            while (true) {
                EventSet events = machine.eventQueue().remove();
                boolean held = false;
                for (Event event : events) {
                    if (event instanceof BreakpointEvent && stops.get(event.request()) != null) {
                        stops.get(event.request()).reached = events;
                        held = true;
                    }
                }
                if (!held) {
                    events.resume();
                }
            }
        } catch (VMDisconnectedException | InterruptedException ended) {
            stops.clear();
        }
    }

    @Override
    public void close() {
        try {
            machine.dispose();
        } catch (VMDisconnectedException killed) {
            stops.clear();
        }
    }

    static final class Stop {
        private final String where;
        private volatile EventSet reached;

        private Stop(String where) {
            this.where = where;
        }

        boolean reached() {
            return reached != null;
        }

        @Override
        public String toString() {
            return where;
        }
    }
}
