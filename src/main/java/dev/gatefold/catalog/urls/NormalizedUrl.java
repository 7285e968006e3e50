package dev.gatefold.catalog.urls;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.net.InetAddresses;
import java.net.IDN;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An http or https URL, parsed as browsers parse it, so that the host is the one that a browser would connect to:
 * credentials are removed, backslashes are slashes, case and escapes are normalized. Parts that do not identify the
 * article (fragment, tracking parameters, AMP viewers) are removed.
 *
 * @param host lower case ASCII without trailing dot; an IPv6 address is in brackets
 * @param port -1 for the default port of the scheme
 * @param path begins with a slash; normalized according to RFC 3986
 * @param query without question mark and tracking parameters; empty if there is none
 */
public record NormalizedUrl(String host, int port, String path, String query) {
    /** Maximum length of the URL in characters, before normalization. */
    static final int MAX_LENGTH = 4096;

    private static final int MAX_HOST = 253;
    private static final Pattern SHAPE =
            Pattern.compile("(?is)(https?):[/\\\\]*([^/\\\\?#]*)([^?#]*)(?:\\?([^#]*))?(?:#.*)?");
    private static final Pattern AUTHORITY = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^:]*)(?::(\\d{0,5}))?");
    private static final Pattern FORBIDDEN_IN_HOST = Pattern.compile("[\\x00-\\x20\\x7f\"#%/:<>?@\\[\\\\\\]^`{|}]");
    private static final Pattern NUMERIC = Pattern.compile("(?:.*\\.)?(?:\\d+|0x[0-9a-f]*)");

    /** URLs under which AMP viewers serve a page of another site: groups are the host and the path of that page. */
    private static final Pattern AMP_VIEWER = Pattern.compile(
            "(?:(?:[^.]+\\.)?cdn\\.ampproject\\.org/(?:[a-z]/)+|www\\.google\\.[a-z.]+/amp/(?:s/)?|www\\.bing\\.com/amp/(?:s/)?|[^.]+\\.bing-amp\\.com/(?:[a-z]/)+)([^/]+\\.[^/]+)(/.*)?");

    /**
     * Parses a URL.
     *
     * @throws IllegalArgumentException if it is not an http or https URL with a valid host; the message describes the
     *     error and has no subject
     */
    public static NormalizedUrl parse(String text) {
        checkArgument(text.length() <= MAX_LENGTH, "is longer than %s characters", MAX_LENGTH);
        checkArgument(text.chars().noneMatch(c -> Character.isISOControl(c)), "contains control characters");
        Matcher shape = SHAPE.matcher(text.strip());
        checkArgument(shape.matches(), "is not an http or https URL");
        String scheme = shape.group(1).toLowerCase(Locale.ROOT);
        String credentialsAndHost = shape.group(2);
        Matcher authority = AUTHORITY.matcher(credentialsAndHost.substring(credentialsAndHost.lastIndexOf('@') + 1));
        checkArgument(authority.matches(), "has no valid host");
        String query = shape.group(4) == null
                ? ""
                : TrackingParameters.removeFrom(PercentEncoding.normalize(shape.group(4), '?'));
        return new NormalizedUrl(
                        host(authority.group(1)), port(authority.group(2), scheme), path(shape.group(3)), query)
                .withoutAmpViewer();
    }

    private static String host(String text) {
        if (text.startsWith("[")) {
            checkArgument(InetAddresses.isUriInetAddress(text), "has no valid host");
            return text.toLowerCase(Locale.ROOT);
        }
        String host;
        try {
            // URLDecoder would decode a plus to a space
            host = IDN.toASCII(
                    URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8), IDN.ALLOW_UNASSIGNED);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("has no valid host", e);
        }
        host = host.toLowerCase(Locale.ROOT);
        host = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        boolean isValid = !host.isEmpty()
                && host.length() <= MAX_HOST
                && !host.startsWith(".")
                && !host.contains("..")
                && !FORBIDDEN_IN_HOST.matcher(host).find();
        checkArgument(isValid, "has no valid host");
        return host;
    }

    private static int port(String text, String scheme) {
        if (text == null || text.isEmpty()) {
            return -1;
        }
        int port = Integer.parseInt(text);
        checkArgument(port <= 65535, "has no valid port");
        return port == (scheme.equals("http") ? 80 : 443) ? -1 : port;
    }

    private static String path(String text) {
        String path = PercentEncoding.normalize(text.replace('\\', '/'), '/');
        return DotSegments.removeFrom(path.isEmpty() ? "/" : path);
    }

    private NormalizedUrl withoutAmpViewer() {
        Matcher viewer = AMP_VIEWER.matcher(host + path);
        if (!viewer.matches()) {
            return this;
        }
        String innerPath = viewer.group(2) == null ? "/" : viewer.group(2);
        return new NormalizedUrl(host(viewer.group(1)), -1, innerPath, query);
    }

    /** Returns true if browsers interpret the host as an IP address, in any notation. */
    public boolean isIpAddress() {
        return host.startsWith("[") || NUMERIC.matcher(host).matches();
    }

    /** Returns true if the port is the default port of the scheme. */
    public boolean isDefaultPort() {
        return port == -1;
    }

    /** Returns the https URL that identifies the article in responses. */
    public String canonicalUrl() {
        String url =
                "https://" + host + portSuffix() + AmpEdition.removeFrom(path) + (query.isEmpty() ? "" : "?" + query);
        // browsers accept a percent sign that is not part of an escape, other clients do not
        return url.replaceAll("%(?![0-9A-Fa-f]{2})", "%25");
    }

    private String portSuffix() {
        return isDefaultPort() ? "" : ":" + port;
    }

    /** Returns the path by which the publisher's server finds the page; equal for all spellings that servers accept. */
    public String routedPath() {
        return RoutedPath.of(RoutedPath.segments(path));
    }

    /** Returns the {@link #routedPath} of the article's main edition: that of its AMP page without the marks of AMP. */
    public String articlePath() {
        return RoutedPath.of(AmpEdition.removeFrom(RoutedPath.segments(path)));
    }

    /**
     * Returns a key that is equal for all URLs of an article, so that the meter counts it once. Ignores the scheme, desktop,
     * mobile and AMP editions, spellings of the path that servers accept, and the order of parameters.
     */
    public String articleKey() {
        String site = host.replaceFirst("^(?:www|m|mobile|amp)\\.(?=.*\\.)", "");
        String parameters = Arrays.stream(query.split("&")).sorted().collect(Collectors.joining("&"));
        return site + portSuffix() + articlePath().replaceFirst("/$", "") + "?" + parameters;
    }
}
