package org.incidentorchestrator.host;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What of this machine steps may use. What is wrong in it stops the start; that a script is missing, or is another one
 * than was pinned, does not: this may be another machine, and a program that pages people has to start on it.
 *
 * @param name of this machine, at most 63 of a-z, 0-9 and '-'; empty: its own, up to the first dot
 * @param root the absolute path of the folder that the scripts lie in and run in; empty: there are no scripts
 * @param scripts by their ids, which models name
 * @param runs where what is known of each run is kept
 * @param keepRuns how long it is kept there after the run has ended; its output is in the incident's evidence by then
 * @param searchPath the PATH of a script
 */
@Validated
@ConfigurationProperties("host")
public record HostSettings(
        @DefaultValue("")
                @Pattern(
                        regexp = "|[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?",
                        message = "is no name of a machine; write at most 63 of a-z, 0-9 and '-'")
                String name,
        @DefaultValue("") String root,
        @DefaultValue
                Map<
                                @Pattern(
                                        regexp = ID,
                                        message = "is no id of a script; write at most 40 of a-z, 0-9 and '-'")
                                String,
                                @Valid Script>
                        scripts,
        @DefaultValue("./.data/scripts") @NotBlank String runs,
        @DefaultValue("30d") @NotNull @DurationMin(days = 1) Duration keepRuns,
        @DefaultValue("/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin") @NotBlank String searchPath) {
    static final String ID = "[a-z0-9]([-a-z0-9]{0,38}[a-z0-9])?";

    public HostSettings {
        scripts = java.util.Collections.unmodifiableMap(new TreeMap<>(scripts));
        if (root.isEmpty() ? !scripts.isEmpty() : !Path.of(root).isAbsolute()) {
            throw new IllegalArgumentException("host.root is '" + root
                    + "': the scripts need the absolute path of the folder that they lie in, as in /opt/platform");
        }
    }

    /** The name of this machine. */
    String host() {
        return name.isEmpty() ? HostName.find() : name;
    }

    /**
     * @param path below the root, as in {@code infra/smoke-tests.sh}
     * @param sha256 of the file, as {@code sha256sum} prints it: another file is not run
     * @param arguments each taken as it is
     * @param timeLimit after which it is ended, first with SIGTERM, 10 s later with SIGKILL
     * @param maxOutput how much of its output is kept; the rest is read and dropped
     * @param environment the names of the variables of this program's environment that it gets
     * @param readOnly whether it changes nothing, so that it may run without anybody's approval
     * @param atOnce how many runs of it there may be at the same time
     */
    public record Script(
            @NotBlank
                    @Pattern(
                            regexp = "(?!.*(^|/)\\.{1,2}(/|$))[^/\\x00-\\x1f][^\\x00-\\x1f]*",
                            message = "has to be a path below host.root, without '..', as in infra/smoke-tests.sh")
                    String path,
            @NotBlank
                    @Pattern(
                            regexp = "[0-9a-f]{64}",
                            message = "has to be the 64 hexadecimal digits that sha256sum prints")
                    String sha256,
            @DefaultValue List<String> arguments,
            @DefaultValue("15m") @NotNull @DurationMin(seconds = 1) @DurationMax(hours = 4) Duration timeLimit,
            @DefaultValue("1MB") @NotNull DataSize maxOutput,
            @DefaultValue
                    List<@Pattern(regexp = "[A-Za-z_][A-Za-z0-9_]*", message = "is no name of a variable") String>
                            environment,
            @DefaultValue("false") boolean readOnly,
            @DefaultValue("1") @Min(1) @Max(10) int atOnce) {
        public Script {
            arguments = List.copyOf(arguments);
            environment = List.copyOf(environment);
            if (maxOutput != null && (maxOutput.toBytes() < 1024 || maxOutput.toMegabytes() > 16)) {
                throw new IllegalArgumentException(
                        "host.scripts: max-output is " + maxOutput + ", and has to lie between 1KB and 16MB");
            }
        }
    }
}
