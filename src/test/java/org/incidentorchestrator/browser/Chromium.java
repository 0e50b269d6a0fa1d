package org.incidentorchestrator.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The browser of this machine, and the pictures that are taken with it. */
final class Chromium implements AutoCloseable {
    /** Why a browser test was skipped, and what would enable it. */
    static final String ABSENT =
            "a test in a real browser; put chromium on the PATH (Debian: apt-get install chromium)";

    /** Where pictures go that the documentation shows: there only when asked for. */
    static final Path PICTURES = Path.of(System.getProperty("pictures", "target/pictures"));

    /** In milliseconds: a machine that does much beside takes its time. */
    private static final double PATIENCE = 90_000;

    private static final Path SCREENSHOTS = Path.of("target/screenshots");

    private final Playwright playwright;
    private final Browser browser;

    Chromium() {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        // Without its sandbox: a build often runs as root, and it only sees the program under test.
        browser = playwright
                .chromium()
                .launch(new LaunchOptions()
                        .setExecutablePath(executable().orElseThrow())
                        .setArgs(List.of("--no-sandbox", "--disable-background-networking")));
    }

    static boolean installed() {
        return executable().isPresent();
    }

    private static Optional<Path> executable() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "chromium"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** A window of a person of its own: no cookie is shared with another. */
    Page window() {
        BrowserContext own = browser.newContext(new NewContextOptions().setViewportSize(1440, 900));
        own.setDefaultTimeout(PATIENCE);
        return own.newPage();
    }

    /** Keeps what is seen as {@code target/screenshots/NAME.png}. */
    static void keep(Page page, String name) {
        picture(page, SCREENSHOTS.resolve(name + ".png"));
    }

    /** Without what a pointer would have the page say about where it happens to be. */
    static void picture(Page page, Path file) {
        page.mouse().move(0, 0);
        assertThat(page.locator(".tooltip:visible")).hasCount(0);
        page.screenshot(new ScreenshotOptions().setPath(file));
    }

    @Override
    public void close() {
        playwright.close();
    }
}
