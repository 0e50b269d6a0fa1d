package org.incidentorchestrator.notify.oncall;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.incidentorchestrator.notify.channel.Channels;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Who is to be told of a level's page at a time (runbook K05). What is on call is data: a file that is read at the
 * start, which it stops when somebody could not be reached, and again whenever it changes.
 */
@Component
public class OnCall {
    private final Optional<RosterFile> file;
    private final boolean sandbox;
    private String text = "";
    private volatile Roster roster;
    private volatile Optional<String> fault = Optional.empty();

    /** Which of the settings say so: {@code cluster.kubeconfig} and {@code cluster.in-cluster} name a real cluster. */
    @Autowired
    OnCall(OnCallSettings settings, Channels channels, Environment environment) {
        this(
                settings.file().map(path -> new RosterFile(Path.of(path), channels::refusal)),
                environment.getProperty("cluster.kubeconfig", "").isEmpty()
                        && !environment.getProperty("cluster.in-cluster", Boolean.class, false));
    }

    private OnCall(Optional<RosterFile> file, boolean sandbox) {
        this.file = file;
        this.sandbox = sandbox;
        this.roster = file.map(this::first).orElseGet(sandbox ? Roster::ofSandbox : Roster::empty);
    }

    /**
     * @param refusal why nothing could be sent by a channel to an address; nothing when it can be
     * @throws RosterRefused with every fault of the file
     */
    public static OnCall from(Path file, BiFunction<String, String, Optional<String>> refusal) {
        return new OnCall(Optional.of(new RosterFile(file, refusal)), false);
    }

    /** Without a file: the accounts of the sandbox, to whom nothing is sent; on a real cluster nobody. */
    public static OnCall builtIn(boolean sandbox) {
        return new OnCall(Optional.empty(), sandbox);
    }

    private Roster first(RosterFile first) {
        text = first.text();
        return first.read(text);
    }

    /** @param group {@code l1} to {@code l4}, {@code approver}; nobody is an empty list */
    public List<Contact> of(String group, Instant at) {
        return at(group, at).contacts();
    }

    /** Who is on call for a group, until when, and who is next. */
    public Duty at(String group, Instant at) {
        return roster.at(group, at);
    }

    /** Whoever is on call at some time, each once. */
    public List<Contact> everybody() {
        return roster.everybody().distinct().toList();
    }

    /** The groups that somebody is on call for, in the order of the ladder. */
    public List<String> groups() {
        return Roster.GROUPS;
    }

    /** Where this comes from: the path of a file, or {@code built in}. */
    public String source() {
        return roster.source();
    }

    /** What is wrong with who is on call, as sentences with their remedy; nothing when all is well. */
    public Optional<String> warning() {
        return fault.or(() -> file.isPresent() || sandbox
                ? Optional.empty()
                : Optional.of("Nobody outside of Tasklist is told of a page: no contacts are known. Name a file of"
                        + " them in on-call.file (src/deploy/on-call.yml is one)"));
    }

    /** Reads the file again if it has changed. One with faults is not taken: who was on call stays so. */
    Change look() {
        if (file.isEmpty()) {
            return Change.NONE;
        }
        try {
            String now = file.get().text();
            if (now.equals(text) && fault.isEmpty()) {
                return Change.NONE;
            }
            return take(now);
        } catch (RosterRefused refused) {
            return refuse(refused.getMessage());
        }
    }

    private Change take(String now) {
        roster = file.orElseThrow().read(now);
        text = now;
        fault = Optional.empty();
        return Change.TAKEN;
    }

    private Change refuse(String message) {
        String told = message + "\nWho was on call before stays so until it is corrected. Correct it now: the program"
                + " does not start with it.";
        boolean same = fault.filter(told::equals).isPresent();
        fault = Optional.of(told);
        return same ? Change.NONE : Change.REFUSED;
    }

    /** What a look at the file found. */
    enum Change {
        NONE,
        TAKEN,
        REFUSED
    }
}
