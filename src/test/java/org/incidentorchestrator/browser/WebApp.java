package org.incidentorchestrator.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.WaitUntilState;
import java.io.IOException;
import java.nio.file.Files;
import java.util.regex.Pattern;
import org.incidentorchestrator.program.Program;

/** One of Camunda's web apps of a program, with somebody logged in as a newcomer would: by the file of first passwords. */
record WebApp(Program program, String name) {
    static WebApp tasklist(Program program) {
        return new WebApp(program, "tasklist");
    }

    static WebApp cockpit(Program program) {
        return new WebApp(program, "cockpit");
    }

    /** Opens the app and logs in; returns once the login page is gone. */
    void logIn(Page page, String who) throws IOException {
        visit(page);
        logInHere(page, who);
    }

    /** Its login page, as nobody is logged in. */
    void visit(Page page) {
        page.navigate(address());
    }

    /** On the login page, where the app has sent somebody whose session had ended. */
    void logInHere(Page page, String who) throws IOException {
        logInHere(page, who, password(who));
    }

    void logInHere(Page page, String who, String password) {
        page.getByPlaceholder("Username").fill(who);
        page.getByPlaceholder("Password").fill(password);
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(Pattern.compile("log in", Pattern.CASE_INSENSITIVE)))
                .click();
        // What is on the page behind it is waited for by whoever looks at that.
        page.waitForURL(
                url -> !url.contains("login"), new Page.WaitForURLOptions().setWaitUntil(WaitUntilState.COMMIT));
    }

    /** @param route what stands behind the {@code #} */
    void open(Page page, String route) {
        page.navigate(address() + "default/#/" + route);
    }

    private String address() {
        return "http://localhost:" + program.port() + "/camunda/app/" + name + "/";
    }

    String password(String who) throws IOException {
        return Files.readAllLines(program.folder().resolve("first-passwords")).stream()
                .filter(line -> line.startsWith(who + " "))
                .map(line -> line.substring(who.length()).strip())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no first password of " + who));
    }
}
