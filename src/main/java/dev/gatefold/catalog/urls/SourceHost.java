package dev.gatefold.catalog.urls;

import static com.google.common.base.Preconditions.checkArgument;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.google.common.net.InternetDomainName;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A part of the web that belongs to a source: a domain with all its subdomains, optionally limited to the paths below a
 * prefix if several sources share the domain. Its JSON form is a string such as {@code example.com/uk}.
 *
 * @param domain lower case, ASCII (IDNA), without trailing dot and without {@code www}; neither an IP address nor a
 *     public suffix
 * @param pathPrefix empty, or begins with a slash and has none at the end
 */
@Schema(type = SchemaType.STRING, examples = "example.com/uk")
public record SourceHost(String domain, String pathPrefix) {
    private static final String WWW = "www.";

    /**
     * Parses a host as written by an operator: {@code example.com}, {@code www.example.com/uk/}, or the URL of a home
     * page.
     *
     * @throws IllegalArgumentException if it is not a registrable domain; the message describes the error
     */
    @JsonCreator
    public static SourceHost parse(String text) {
        NormalizedUrl url = NormalizedUrl.parse(text.contains("://") ? text : "https://" + text);
        checkArgument(!url.isIpAddress(), "\"%s\" is an IP address", text);
        checkArgument(url.isDefaultPort(), "\"%s\" contains a port", text);
        checkArgument(url.query().isEmpty(), "\"%s\" contains a query", text);
        checkArgument(InternetDomainName.isValid(url.host()), "\"%s\" is not a host name", text);
        checkArgument(!isPublicSuffix(url.host()), "\"%s\" is a public suffix; use a domain below it", text);
        return new SourceHost(withoutWww(url.host()), withoutTrailingSlash(url.path()));
    }

    private static boolean isPublicSuffix(String name) {
        var domain = InternetDomainName.from(name);
        return !domain.hasParent() || domain.isPublicSuffix();
    }

    private static String withoutWww(String name) {
        if (!name.startsWith(WWW)) {
            return name;
        }
        String bare = name.substring(WWW.length());
        return isPublicSuffix(bare) ? name : bare;
    }

    private static String withoutTrailingSlash(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /**
     * Returns true if the path is the prefix or is below it. Ignores case, as the servers of some publishers do.
     *
     * @param path a {@linkplain NormalizedUrl#routedPath routed path}
     */
    public boolean containsPath(String path) {
        int length = pathPrefix.length();
        return path.regionMatches(true, 0, pathPrefix, 0, length)
                && (length == 0 || path.length() == length || path.charAt(length) == '/' || path.charAt(length) == ';');
    }

    @Override
    @JsonValue
    public String toString() {
        return domain + pathPrefix;
    }
}
