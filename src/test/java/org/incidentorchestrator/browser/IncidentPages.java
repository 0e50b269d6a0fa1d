package org.incidentorchestrator.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.incidentorchestrator.program.Program;

/** Cockpit's pages of incidents with somebody logged in, in a window as small as they are made for. */
final class IncidentPages {
    /** What Camunda's own pages ask for in vain: nobody is logged in yet, and it has no welcome page. */
    private static final Pattern ITS_OWN = Pattern.compile("auth/user/default|camunda-welcome");

    private static final int MANY = 120;

    /** What is drawn around what has the focus; nothing when that is nothing. */
    private static final String FOCUS =
            """
            place => {
              const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(place);
              return outlineStyle !== 'none' && parseFloat(outlineWidth) > 0
                ? outlineStyle + ' ' + outlineWidth
                : boxShadow === 'none' ? '' : boxShadow;
            }""";

    private final Page page;
    private final WebApp cockpit;
    private final List<String> errors = new ArrayList<>();

    private IncidentPages(Page page, WebApp cockpit) {
        this.page = page;
        this.cockpit = cockpit;
        page.setViewportSize(1280, 900);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                errors.add(message.text() + " " + message.location());
            }
        });
        page.onPageError(errors::add);
    }

    static IncidentPages of(Program program, Chromium chromium, String who) throws IOException {
        var pages = at(program, chromium);
        pages.cockpit.logInHere(pages.page, who);
        return pages;
    }

    /** With nobody logged in: the login page. */
    static IncidentPages at(Program program, Chromium chromium) {
        var pages = new IncidentPages(chromium.window(), WebApp.cockpit(program));
        pages.cockpit.visit(pages.page);
        return pages;
    }

    Page page() {
        return page;
    }

    void logsInAgain(String who) throws IOException {
        cockpit.logInHere(page, who);
    }

    /** Somebody else, in a same window. */
    void logsInInstead(String who, String password) {
        page.context().clearCookies();
        cockpit.visit(page);
        cockpit.logInHere(page, who, password);
    }

    /** Types what it takes into the login page; no other key and no pointer. */
    void logsInByKeyboard(String who) throws IOException {
        press("Tab", page.getByPlaceholder("Username"));
        page.keyboard().type(who);
        press("Tab", page.getByPlaceholder("Password"));
        page.keyboard().type(cockpit.password(who));
        page.keyboard().press("Enter");
    }

    /** @param route what stands behind the {@code #} */
    IncidentPages opens(String route) {
        cockpit.open(page, route);
        return this;
    }

    /** What went wrong in the page, but for what was provoked. */
    List<String> errorsOtherThan(String... provoked) {
        return errors.stream()
                .filter(error -> !ITS_OWN.matcher(error).find())
                .filter(error -> List.of(provoked).stream().noneMatch(error::contains))
                .toList();
    }

    Locator all() {
        return page.locator(".incidents-page");
    }

    Locator rows() {
        return all().locator("tbody tr");
    }

    /** The process in the tree that is looked at. */
    Locator process() {
        return page.locator(".tree [aria-current]");
    }

    /** What is drawn as passed. */
    Locator passed() {
        return page.locator(".djs-element.way-completed");
    }

    Locator flowsTaken() {
        return page.locator(".djs-connection.way-taken");
    }

    Locator element(String id) {
        return page.locator(".djs-element[data-element-id=" + id + "]");
    }

    /** In the list beside the diagram. */
    Locator step(String name) {
        return page.locator(".steps button", new Page.LocatorOptions().setHasText(name));
    }

    Locator chosenStep() {
        return page.locator(".steps [aria-current]");
    }

    /** What the chosen element did. */
    Locator passes() {
        return page.locator(".passes");
    }

    /** On top of each page. */
    Locator link(String name) {
        return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name));
    }

    Locator tab(String name) {
        return page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName(name));
    }

    /** Of the tab that is chosen. */
    Locator panel() {
        return page.locator("[role=tabpanel]:not([hidden])");
    }

    static Locator button(Locator within, String name) {
        return within.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name));
    }

    /** Presses the key until this has the focus, and is seen to have it. */
    void press(String key, Locator until) {
        assertThat(until).isVisible();
        for (int i = 0; i < MANY && !focused(until); i++) {
            page.keyboard().press(key);
        }
        assertThat(until).isFocused();
        assertThat(until).isInViewport();
        assertThat(until.evaluate(FOCUS))
                .as("how the focus is seen on %s", until)
                .isNotEqualTo("");
    }

    private static boolean focused(Locator place) {
        return (boolean) place.evaluate("place => place === document.activeElement");
    }

    /** Keeps what is seen; nothing may be wider than the window, which would have to be moved to and fro to be read. */
    void keep(String name) {
        Chromium.keep(page, name);
        assertThat(page.evaluate("[...document.querySelectorAll('.incidents-page, .incidents-page .table')]"
                        + ".filter(one => one.scrollWidth > one.clientWidth).map(one => one.className)"))
                .isEqualTo(List.of());
    }
}
