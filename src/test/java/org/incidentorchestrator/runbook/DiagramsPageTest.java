package org.incidentorchestrator.runbook;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.incidentorchestrator.runbook.rules.Model;
import org.junit.jupiter.api.Test;

/** The page that shows every model and every decision table. With {@code -Dpages.update} it is written anew. */
class DiagramsPageTest {
    private static final Path PAGE = Path.of("src/docs/diagrams.md");
    private static final Pattern LINK = Pattern.compile("\\(#([a-z0-9-]+)\\)");
    private static final List<Model> MODELS = ProjectModels.models();
    private static final List<DecisionEntry> DECISIONS = DecisionEntry.all();

    /** In the order in which somebody meets them; a folder that is not named here comes last. */
    private static final Map<String, String> FOLDERS = folders();

    @Test
    void the_page_shows_every_model_with_what_it_takes_gives_and_calls_and_every_decision_row_by_row()
            throws IOException {
        String page = page();
        if (System.getProperty("pages.update") != null) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE)
                .as("written anew by mvn test -Dtest=DiagramsPageTest -Dpages.update")
                .hasContent(page);
    }

    @Test
    void every_link_within_the_page_leads_somewhere() throws IOException {
        String page = Files.readString(PAGE);
        assertThat(LINK.matcher(page).results()).isNotEmpty().allSatisfy(link -> assertThat(page)
                .contains("<a id=\"" + link.group(1) + "\"></a>"));
    }

    private static Map<String, String> folders() {
        var folders = new LinkedHashMap<String, String>();
        folders.put("runbooks", "Runbooks: what an alert leads to");
        folders.put("procedures", "Procedures: planned work, and what people declare");
        folders.put("starts", "Starts: what people and the clock begin");
        folders.put("parts", "Parts: what the others are made of");
        return folders;
    }

    private static String page() {
        Map<String, List<Model>> byFolder = MODELS.stream().collect(groupingBy(DiagramsPageTest::folder));
        List<String> order = Stream.concat(
                        FOLDERS.keySet().stream(), byFolder.keySet().stream().sorted())
                .distinct()
                .filter(byFolder::containsKey)
                .toList();
        return """
                # The diagrams

                Every process as Cockpit shows it, and every decision table. Generated from the models
                (`mvn test -Dtest=DiagramsPageTest -Dpages.update`). What a step does stands in [verbs.md](verbs.md), which line of
                the written runbook is carried where in [runbook.md](runbook.md).

                """
                + order.stream()
                        .map(folder -> contents(title(folder), byFolder.get(folder)))
                        .collect(joining())
                + "- Decisions: "
                + DECISIONS.stream().map(DecisionEntry::link).collect(joining(", "))
                + "\n"
                + order.stream()
                        .map(folder -> section(title(folder), byFolder.get(folder)))
                        .collect(joining())
                + "\n## Decisions\n"
                + DECISIONS.stream().map(decision -> decision.text(MODELS)).collect(joining());
    }

    private static String folder(Model model) {
        return model.path().getParent().getFileName().toString();
    }

    private static String title(String folder) {
        return FOLDERS.getOrDefault(folder, folder);
    }

    private static String contents(String title, List<Model> models) {
        return "- "
                + title
                + "\n"
                + models.stream()
                        .map(model -> "  - " + new ModelEntry(model, MODELS).line() + "\n")
                        .collect(joining());
    }

    private static String section(String title, List<Model> models) {
        return "\n## " + title + "\n"
                + models.stream()
                        .map(model -> new ModelEntry(model, MODELS).text())
                        .collect(joining());
    }
}
