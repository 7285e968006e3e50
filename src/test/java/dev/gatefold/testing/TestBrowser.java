package dev.gatefold.testing;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * A Chromium: the one that is installed, or else the one that Playwright fetches. Where there is neither, the tests that
 * want one are skipped, and say so. It is started once; every page is of a reader who has never been here.
 *
 * <pre>{@code @RegisterExtension static final Browser browser = new Browser();}</pre>
 */
public final class TestBrowser implements BeforeAllCallback, AfterEachCallback {
    private static final Path SCREENSHOTS = Path.of("target/screenshots");
    private static final double PATIENCE_MILLIS = 10_000;
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final List<String> FLAGS = List.of(
            "--no-sandbox", // which root must not have, and containers often cannot
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            // a publisher's page of these tests lives on the web, the service on this machine: no page may cross that
            // unasked
            "--disable-features=LocalNetworkAccessChecks");

    private final List<BrowserContext> open = new ArrayList<>();
    private LaunchedChromium started;

    @Override
    public void beforeAll(ExtensionContext context) {
        started = context.getRoot()
                .getStore(Namespace.create(TestBrowser.class))
                .computeIfAbsent(LaunchedChromium.class, _ -> LaunchedChromium.launch(), LaunchedChromium.class);
        Assumptions.assumeTrue(started.chromium != null, started.whyNot);
    }

    /** A page of its own: nothing that others have kept is there. */
    public Page openPage(BrowserScreen screen) {
        BrowserContext context = started.chromium.newContext(screen.options());
        context.setDefaultTimeout(PATIENCE_MILLIS);
        open.add(context);
        return context.newPage();
    }

    /** Keeps what is seen, the whole length of it, as {@code target/screenshots/NAME.png}. */
    public static void saveScreenshot(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(SCREENSHOTS.resolve(name + ".png"))
                .setFullPage(true));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        open.forEach(BrowserContext::close);
        open.clear();
    }

    /** The one of this run, or why there is none; JUnit closes it when the last test has run. */
    private record LaunchedChromium(Playwright playwright, com.microsoft.playwright.Browser chromium, String whyNot)
            implements AutoCloseable {
        static LaunchedChromium launch() {
            Optional<Path> installed = installedChromium();
            Playwright playwright = null;
            try {
                playwright = Playwright.create(new Playwright.CreateOptions()
                        .setEnv(installed.isPresent() ? Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1") : Map.of()));
                LaunchOptions options = new LaunchOptions().setArgs(FLAGS);
                installed.ifPresent(options::setExecutablePath);
                return new LaunchedChromium(playwright, playwright.chromium().launch(options), "");
            } catch (RuntimeException e) {
                // of its own kind, but where it cannot fetch a browser
                if (playwright != null) {
                    playwright.close();
                }
                if (installed.isPresent()) {
                    throw e; // a browser that is there and does not start is for somebody to look at
                }
                return new LaunchedChromium(
                        null,
                        null,
                        "NOT TESTED in a browser: no " + NAMES + " on the PATH, and Playwright got none: "
                                + e.getMessage());
            }
        }

        private static Optional<Path> installedChromium() {
            return NAMES.stream()
                    .flatMap(name -> Stream.of(System.getenv("PATH").split(File.pathSeparator))
                            .map(folder -> Path.of(folder, name)))
                    .filter(Files::isExecutable)
                    .findFirst();
        }

        @Override
        public void close() {
            if (playwright != null) {
                playwright.close();
            }
        }
    }
}
