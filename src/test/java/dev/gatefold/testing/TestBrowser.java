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
 * A Chromium browser: the installed one, or else the one that Playwright downloads. Tests are skipped with a message if
 * there is neither. The browser is started once for all tests; every page has a new, empty profile.
 *
 * <pre>{@code @RegisterExtension static final TestBrowser browser = new TestBrowser();}</pre>
 */
public final class TestBrowser implements BeforeAllCallback, AfterEachCallback {
    private static final Path SCREENSHOTS = Path.of("target/screenshots");
    private static final double TIMEOUT_MILLIS = 10_000;
    private static final List<String> EXECUTABLES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final List<String> FLAGS = List.of(
            "--no-sandbox", // does not work as root, nor in many containers
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            // The tests' publisher pages have public addresses and call the service on localhost, which Chromium would
            // block until the user permits it.
            "--disable-features=LocalNetworkAccessChecks");

    private final List<BrowserContext> contexts = new ArrayList<>();
    private LaunchedChromium launched;

    @Override
    public void beforeAll(ExtensionContext context) {
        launched = context.getRoot()
                .getStore(Namespace.create(TestBrowser.class))
                .computeIfAbsent(LaunchedChromium.class, _ -> LaunchedChromium.launch(), LaunchedChromium.class);
        Assumptions.assumeTrue(launched.chromium != null, launched.unavailableReason);
    }

    /** Opens a page with its own cookies and storage. */
    public Page openPage(BrowserScreen screen) {
        BrowserContext context = launched.chromium.newContext(screen.options());
        context.setDefaultTimeout(TIMEOUT_MILLIS);
        contexts.add(context);
        return context.newPage();
    }

    /** Saves a screenshot of the full page as {@code target/screenshots/NAME.png}. */
    public static void saveScreenshot(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(SCREENSHOTS.resolve(name + ".png"))
                .setFullPage(true));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        contexts.forEach(BrowserContext::close);
        contexts.clear();
    }

    /** The browser of this test run, or the reason why there is none. JUnit closes it after the last test. */
    private record LaunchedChromium(
            Playwright playwright, com.microsoft.playwright.Browser chromium, String unavailableReason)
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
                // Playwright throws subclasses, but RuntimeException itself if the download fails.
                if (playwright != null) {
                    playwright.close();
                }
                if (installed.isPresent()) {
                    throw e; // an installed browser that does not start is a failure, not a reason to skip
                }
                return new LaunchedChromium(
                        null,
                        null,
                        "NOT TESTED in a browser: no " + EXECUTABLES + " on the PATH, and Playwright downloaded none: "
                                + e.getMessage());
            }
        }

        private static Optional<Path> installedChromium() {
            return EXECUTABLES.stream()
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
