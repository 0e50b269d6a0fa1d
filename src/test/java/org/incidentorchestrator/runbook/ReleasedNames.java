package org.incidentorchestrator.runbook;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.Message;
import org.incidentorchestrator.runbook.rules.FormFacts;
import org.incidentorchestrator.runbook.rules.Known;
import org.incidentorchestrator.runbook.rules.Model;

/**
 * What the models of a release ask of the program by name, and it no longer has: an incident that runs on them would stop
 * there.
 *
 * @param beans what expressions may name, by their word in models
 * @param sources the program's, in which it speaks of messages and of the answers of forms
 */
record ReleasedNames(Map<String, Object> beans, String sources) {
    private static final Pattern EXPRESSION = Pattern.compile("[$#]\\{([^}]*)}");
    private static final Pattern SOURCE = Pattern.compile("source=\"(\\w+)\"");
    private static final Pattern WORD = Pattern.compile("\\w+");
    private static final Path PROGRAM = Path.of("src/main/java");

    static ReleasedNames of(Map<String, Object> beans) {
        try (Stream<Path> files = Files.walk(PROGRAM)) {
            return new ReleasedNames(
                    beans,
                    files.filter(file -> file.toString().endsWith(".java"))
                            .map(Carrier::read)
                            .collect(Collectors.joining("\n")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As sentences that say what to do. */
    Stream<String> missing(Known release) {
        return Stream.of(
                        release.models().stream().flatMap(this::expressions),
                        release.models().stream().flatMap(this::messages),
                        answers(release))
                .flatMap(each -> each)
                .distinct();
    }

    private Stream<String> expressions(Model model) {
        Pattern call = Pattern.compile("\\b(" + String.join("|", beans.keySet()) + ")\\.(\\w+)(?:\\(([^)]*)\\))?");
        return EXPRESSION
                .matcher(model.text())
                .results()
                .flatMap(found -> call.matcher(found.group(1)).results())
                .filter(found -> !has(beans.get(found.group(1)), found))
                .map(found ->
                        "%s asks for ${%s}: keep that name beside the new one".formatted(model.file(), found.group()));
    }

    private static boolean has(Object bean, MatchResult call) {
        if (bean instanceof Map<?, ?> words) {
            return words.containsKey(call.group(2));
        }
        String arguments = call.group(3);
        if (arguments == null) {
            String name = call.group(2);
            return method(bean, "get" + Character.toUpperCase(name.charAt(0)) + name.substring(1), 0);
        }
        return method(bean, call.group(2), arguments.isBlank() ? 0 : arguments.split(",").length);
    }

    private static boolean method(Object bean, String name, int parameters) {
        return Stream.of(bean.getClass().getMethods())
                .anyMatch((Method each) -> each.getName().equals(name) && each.getParameterCount() == parameters);
    }

    private Stream<String> messages(Model model) {
        return model.all(Message.class)
                .map(Message::getName)
                .filter(name -> !sources.contains("\"" + name + "\""))
                .map(name -> "%s waits for the message %s: send it as well, beside the new one"
                        .formatted(model.file(), name));
    }

    /** An answer is read by the models, or by the program. */
    private Stream<String> answers(Known release) {
        Set<String> read = release.models().stream()
                .map(Model::text)
                .flatMap(text -> Stream.concat(
                        EXPRESSION.matcher(text).results().flatMap(found -> WORD.matcher(found.group(1))
                                .results()),
                        SOURCE.matcher(text).results()))
                .map(found -> found.groupCount() == 0 ? found.group() : found.group(1))
                .collect(Collectors.toSet());
        return release.forms().values().stream().flatMap((FormFacts form) -> form.keys().stream()
                .filter(key -> !read.contains(key) && !sources.contains("\"" + key + "\""))
                .map(key -> "%s.form asks for '%s', which nobody reads: read it as well, beside the new one"
                        .formatted(form.id(), key)));
    }
}
