package org.incidentorchestrator.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.incidentorchestrator.program.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * The diagrams as Cockpit's viewer draws them: every element of every model is in its picture. The pictures go to
 * {@code target/pictures}, or with {@code -Dpictures=src/docs/pictures} to where the README shows them.
 */
@EnabledIf(value = "org.incidentorchestrator.browser.Chromium#installed", disabledReason = Chromium.ABSENT)
class ModelPicturesE2E {
    /** The diagram alone, as large as it is: without the page around it, and what Cockpit lays over it. */
    private static final String ALONE =
            """
            () => {
              const drawn = document.querySelector('.djs-container svg');
              const box = drawn.querySelector('g.viewport').getBBox();
              const alone = drawn.cloneNode(true);
              alone.querySelector('g.viewport').removeAttribute('transform');
              alone.setAttribute('viewBox', [box.x - 10, box.y - 10, box.width + 20, box.height + 20].join(' '));
              alone.setAttribute('width', box.width + 20);
              alone.setAttribute('height', box.height + 20);
              alone.style.cssText = 'display: block; background: white';
              document.body.replaceChildren(alone);
              document.body.style.cssText = 'margin: 0; padding: 0; width: max-content; height: auto; overflow: visible';
            }""";

    @TempDir
    Path folder;

    @Test
    void cockpit_draws_every_element_of_every_model() throws IOException {
        var digests = new TreeMap<String, String>();
        try (var program = Program.in(folder).start();
                var chromium = new Chromium()) {
            Page page = chromium.window();
            WebApp.cockpit(program).logIn(page, "admin");
            for (var definition : program.api().get("/engine-rest/process-definition?latestVersion=true")) {
                String key = definition.path("key").asText();
                Path model = ModelPictures.model(key);
                WebApp.cockpit(program)
                        .open(
                                page,
                                "process-definition/" + definition.path("id").asText() + "/runtime");
                page.locator(".djs-container g.viewport .djs-shape").first().waitFor();
                assertThat(drawn(page)).as("elements of %s that are drawn", key).containsAll(elements(model));
                page.evaluate(ALONE);
                page.locator("body > svg")
                        .screenshot(new Locator.ScreenshotOptions().setPath(Chromium.PICTURES.resolve(key + ".png")));
                digests.put(key, ModelPictures.digest(model));
                page = page.context().newPage();
            }
        }
        assertThat(digests.keySet()).isEqualTo(ModelPictures.models().keySet());
        ModelPictures.write(Chromium.PICTURES, digests);
    }

    private static List<String> drawn(Page page) {
        return page.locator(".djs-container [data-element-id]").all().stream()
                .map(element -> element.getAttribute("data-element-id"))
                .toList();
    }

    private static List<String> elements(Path model) {
        BpmnModelInstance read = Bpmn.readModelFromFile(model.toFile());
        return read.getModelElementsByType(FlowElement.class).stream()
                .map(FlowElement::getId)
                .toList();
    }
}
