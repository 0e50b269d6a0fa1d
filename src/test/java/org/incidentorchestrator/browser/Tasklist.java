package org.incidentorchestrator.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.incidentorchestrator.program.Program;

/** Tasklist with somebody logged in, by what they see and click: cards, the form of a task, the dialog that starts. */
final class Tasklist {
    private static final double SOON = 90_000;

    private final Page page;

    private Tasklist(Page page) {
        this.page = page;
    }

    static Tasklist of(Program program, Chromium chromium, String who) throws IOException {
        Page page = chromium.window();
        WebApp.tasklist(program).logIn(page, who);
        return new Tasklist(page);
    }

    /** Of somebody who is logged in there. */
    static Tasklist on(Page page) {
        return new Tasklist(page);
    }

    Page page() {
        return page;
    }

    Locator filters() {
        return page.locator(".task-filter");
    }

    /** Lists what this filter finds. */
    Tasklist in(String filter) {
        Locator named = filters().filter(new Locator.FilterOptions().setHasText(filter));
        named.locator(".name a").click();
        assertThat(named).hasClass(Pattern.compile("active"));
        return this;
    }

    /** The card of a task on which all of these words stand. */
    Locator card(String name, String... words) {
        Locator cards = page.locator("li.task", new Page.LocatorOptions().setHasText(name));
        for (String word : words) {
            cards = cards.filter(new Locator.FilterOptions().setHasText(word));
        }
        return cards.first();
    }

    /** Waits for the task, and opens it. */
    Tasklist opens(String name, String... words) {
        assertThat(card(name, words)).isVisible(new IsVisibleOptions().setTimeout(SOON));
        card(name, words).click();
        return shows(name);
    }

    /** Whichever way it was opened. */
    Tasklist shows(String name) {
        assertThat(page.locator("h2", new Page.LocatorOptions().setHasText(name)))
                .isVisible(new IsVisibleOptions().setTimeout(SOON));
        assertThat(form()).isVisible(new IsVisibleOptions().setTimeout(SOON));
        return this;
    }

    Locator form() {
        return page.locator(".fjs-container");
    }

    Locator claim() {
        return page.locator("button.claim");
    }

    Tasklist claims() {
        claim().click();
        assertThat(claim()).isHidden();
        return this;
    }

    Tasklist chooses(String answer) {
        form().getByLabel(answer).check();
        return this;
    }

    Tasklist writes(String field, String text) {
        form().getByLabel(field).fill(text);
        return this;
    }

    Locator complete() {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Complete"));
    }

    /** The dialog in which a process is started, with its form open. */
    Locator begins(String process) {
        page.getByText("Start process", new Page.GetByTextOptions().setExact(true))
                .first()
                .click();
        startable(process).click();
        assertThat(dialog().locator(".fjs-container")).isVisible();
        return dialog();
    }

    Locator dialog() {
        return page.locator(".modal-dialog");
    }

    private Locator startable(String process) {
        return dialog().getByText(process, new Locator.GetByTextOptions().setExact(true));
    }

    /** Sends the form of the dialog; it may be refused. */
    void starts() {
        dialog().getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Start"))
                .click();
    }

    void declares(String kind, Map<String, String> texts) {
        Locator dialog = begins("Declare incident");
        dialog.getByLabel(kind).check();
        texts.forEach((field, text) -> dialog.getByLabel(field).fill(text));
        startsAtOnce();
    }

    /** Sends the form of the dialog, and it is taken: the dialog is gone. Else fails with what stands in it. */
    void startsAtOnce() {
        starts();
        try {
            assertThat(dialog()).isHidden();
        } catch (AssertionError stillThere) {
            Chromium.keep(page, "not-started");
            throw new AssertionError("It was not started. The dialog says: " + dialog().innerText(), stillThere);
        }
    }

    /** What is wider than its place, so that a part of it is not seen. */
    static List<String> cutOff(Locator form) {
        return form.locator("pre, label, table, body").all().stream()
                .filter(part -> (boolean) part.evaluate("one => one.scrollWidth > one.clientWidth"))
                .map(Locator::innerText)
                .toList();
    }

    /** Those that the open task is for, by their names. */
    Locator groups() {
        return page.locator(".meta .groups");
    }

    /** What the page says about what was just done. */
    Locator told() {
        return page.locator(".page-notifications");
    }
}
