package dev.gatefold.catalog.urls;

import static com.google.common.base.Preconditions.checkArgument;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.google.common.net.InternetDomainName;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A place on the web that belongs to a source: a domain with all its subdomains, and optionally only the paths below a
 * prefix, for a domain that several sources share.
 *
 * @param domain lower case, ASCII (IDNA), without a trailing dot; never an IP address nor a public suffix
 * @param pathPrefix empty, or {@code /like/this} without a slash at the end
 */
@Schema(type = SchemaType.STRING, examples = "example.com/uk")
public record SourceHost(String domain, String pathPrefix) {
    private static final String WWW = "www.";

    /**
     * Reads what an operator writes: {@code example.com}, {@code www.example.com/uk/} or a home page's whole address.
     *
     * @throws IllegalArgumentException that says what is wrong with it
     */
    @JsonCreator
    public static SourceHost parse(String text) {
        NormalizedUrl address = NormalizedUrl.parse(text.contains("://") ? text : "https://" + text);
        checkArgument(!address.isIpAddress(), "\"%s\" is an IP address", text);
        checkArgument(address.isDefaultPort(), "\"%s\" names a port", text);
        checkArgument(address.query().isEmpty(), "\"%s\" has a query", text);
        checkArgument(InternetDomainName.isValid(address.host()), "\"%s\" is not a host name", text);
        checkArgument(
                !isPublicSuffix(address.host()), "\"%s\" is a public suffix, under which anybody registers", text);
        return new SourceHost(withoutWww(address.host()), withoutSlash(address.path()));
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

    private static String withoutSlash(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    public boolean containsPath(String path) {
        return path.startsWith(pathPrefix)
                && (pathPrefix.isEmpty()
                        || path.length() == pathPrefix.length()
                        || path.charAt(pathPrefix.length()) == '/');
    }

    @Override
    @JsonValue
    public String toString() {
        return domain + pathPrefix;
    }
}
