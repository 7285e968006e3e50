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
 * An http or https address as a browser understands it, so that the host that we judge is the host that would be
 * visited: credentials are not hosts, a backslash is a slash, case and escapes do not matter. What only says how the
 * reader got there (fragment, tracking parameters, an AMP cache) is taken off.
 *
 * @param host lower case and ASCII, without a trailing dot; an IPv6 address in brackets
 * @param port as written, or -1 for the scheme's own
 * @param path begins with a slash; normalised after RFC 3986
 * @param query without the question mark; empty where there is none
 */
public record NormalizedUrl(String host, int port, String path, String query) {
    /** Longer addresses of articles do not occur. */
    static final int MAX_LENGTH = 4096;

    private static final int MAX_HOST = 253;
    private static final Pattern SHAPE =
            Pattern.compile("(?is)(https?):[/\\\\]*([^/\\\\?#]*)([^?#]*)(?:\\?([^#]*))?(?:#.*)?");
    private static final Pattern AUTHORITY = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^:]*)(?::(\\d{0,5}))?");
    private static final Pattern FORBIDDEN_IN_HOST = Pattern.compile("[\\x00-\\x20\\x7f\"#%/:<>?@\\[\\\\\\]^`{|}]");
    private static final Pattern NUMERIC = Pattern.compile("(?:.*\\.)?(?:\\d+|0x[0-9a-f]*)");

    /** Viewers that show another site's page under an address of their own: host, then the path before the real one. */
    private static final Pattern AMP_VIEWER = Pattern.compile(
            "(?:(?:[^.]+\\.)?cdn\\.ampproject\\.org/(?:[a-z]/)+|www\\.google\\.[a-z.]+/amp/(?:s/)?|www\\.bing\\.com/amp/(?:s/)?|[^.]+\\.bing-amp\\.com/(?:[a-z]/)+)([^/]+\\.[^/]+)(/.*)?");

    /**
     * Reads an address.
     *
     * @throws IllegalArgumentException that says what is wrong with it
     */
    public static NormalizedUrl parse(String text) {
        checkArgument(text.length() <= MAX_LENGTH, "is longer than %s characters", MAX_LENGTH);
        checkArgument(text.chars().noneMatch(c -> Character.isISOControl(c)), "holds control characters");
        Matcher shape = SHAPE.matcher(text.strip());
        checkArgument(shape.matches(), "is not an http or https address");
        String scheme = shape.group(1).toLowerCase(Locale.ROOT);
        String credentialsAndHost = shape.group(2);
        Matcher authority = AUTHORITY.matcher(credentialsAndHost.substring(credentialsAndHost.lastIndexOf('@') + 1));
        checkArgument(authority.matches(), "has no usable host");
        String query = shape.group(4) == null
                ? ""
                : TrackingParameters.removeFrom(PercentEncoding.normalize(shape.group(4), '?'));
        return new NormalizedUrl(
                        host(authority.group(1)), port(authority.group(2), scheme), path(shape.group(3)), query)
                .outOfViewer();
    }

    private static String host(String written) {
        if (written.startsWith("[")) {
            checkArgument(InetAddresses.isUriInetAddress(written), "has no usable host");
            return written.toLowerCase(Locale.ROOT);
        }
        String host;
        try {
            // a plus is a plus in a host
            host = IDN.toASCII(
                    URLDecoder.decode(written.replace("+", "%2B"), StandardCharsets.UTF_8), IDN.ALLOW_UNASSIGNED);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("has no usable host", e);
        }
        host = host.toLowerCase(Locale.ROOT);
        host = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        boolean usable = !host.isEmpty()
                && host.length() <= MAX_HOST
                && !host.startsWith(".")
                && !host.contains("..")
                && !FORBIDDEN_IN_HOST.matcher(host).find();
        checkArgument(usable, "has no usable host");
        return host;
    }

    private static int port(String written, String scheme) {
        if (written == null || written.isEmpty()) {
            return -1;
        }
        int port = Integer.parseInt(written);
        checkArgument(port <= 65535, "has no usable port");
        return port == (scheme.equals("http") ? 80 : 443) ? -1 : port;
    }

    private static String path(String written) {
        String path = PercentEncoding.normalize(written.replace('\\', '/'), '/');
        return DotSegments.removeFrom(path.isEmpty() ? "/" : path);
    }

    private NormalizedUrl outOfViewer() {
        Matcher viewer = AMP_VIEWER.matcher(host + path);
        if (!viewer.matches()) {
            return this;
        }
        String inside = viewer.group(2) == null ? "/" : viewer.group(2);
        return new NormalizedUrl(host(viewer.group(1)), -1, inside, query);
    }

    public boolean isIpAddress() {
        return host.startsWith("[") || NUMERIC.matcher(host).matches();
    }

    public boolean isDefaultPort() {
        return port == -1;
    }

    /** The address that stands for the article in our answers. */
    public String canonicalUrl() {
        String address =
                "https://" + host + (isDefaultPort() ? "" : ":" + port) + path + (query.isEmpty() ? "" : "?" + query);
        // a percent sign that escapes nothing is one that browsers put up with, and others do not
        return address.replaceAll("%(?![0-9A-Fa-f]{2})", "%25");
    }

    /**
     * What two addresses have in common that lead to one article, so that reading it again costs nothing: without the
     * labels of the desktop, mobile and AMP editions, doubled and final slashes, and the order of parameters.
     */
    public String articleKey() {
        String site = host.replaceFirst("^(?:www|m|mobile|amp)\\.(?=.*\\.)", "");
        String place = path.replaceAll("/{2,}", "/").replaceFirst("/$", "");
        String parameters = Arrays.stream(query.split("&")).sorted().collect(Collectors.joining("&"));
        return site + (isDefaultPort() ? "" : ":" + port) + place + "?" + parameters;
    }
}
