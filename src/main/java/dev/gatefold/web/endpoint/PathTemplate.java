package dev.gatefold.web.endpoint;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** A path template of Jakarta REST: literal segments, {@code {name}} segments, and a trailing {@code {name:.*}}. */
record PathTemplate(String text) {
    /** The order in which Jakarta REST tries templates. */
    static final Comparator<PathTemplate> MOST_LITERAL_FIRST =
            Comparator.comparingInt(PathTemplate::literalLength).reversed();

    private static final Pattern SUPPORTED =
            Pattern.compile("/|(?:/(?:[^/{}]+|\\{\\w+}))+(?:/\\{\\w+:\\.\\*})?|/\\{\\w+:\\.\\*}");
    private static final Pattern VARIABLE = Pattern.compile("\\{\\w+(:\\.\\*)?}");

    /** @throws IllegalArgumentException if the template uses other regular expressions, which are not supported */
    PathTemplate {
        if (!SUPPORTED.matcher(text).matches()) {
            throw new IllegalArgumentException("Unsupported path template " + text);
        }
    }

    /** Joins the {@code @Path} values of a resource class and its method; the latter may be empty. */
    static PathTemplate join(String ofClass, String ofMethod) {
        String joined = ("/" + ofClass + "/" + ofMethod).replaceAll("/+", "/");
        return new PathTemplate(joined.length() > 1 && joined.endsWith("/") ? withoutLast(joined) : joined);
    }

    private static String withoutLast(String path) {
        return path.substring(0, path.length() - 1);
    }

    boolean isLiteral() {
        return text.indexOf('{') < 0;
    }

    private int literalLength() {
        return VARIABLE.matcher(text).replaceAll("").length();
    }

    Pattern pattern() {
        String regex = VARIABLE.matcher("\\Q" + text + "\\E")
                .replaceAll(variable -> variable.group(1) == null ? "\\\\E[^/]+\\\\Q" : "\\\\E.*\\\\Q");
        return Pattern.compile(regex);
    }

    /** Returns the paths that consist of the first literal segments, the shortest first; empty for "/". */
    List<String> literalPrefixes() {
        List<String> prefixes = new ArrayList<>();
        StringBuilder prefix = new StringBuilder();
        for (String segment : text.substring(1).split("/")) {
            if (segment.isEmpty() || segment.startsWith("{")) {
                break;
            }
            prefixes.add(prefix.append('/').append(segment).toString());
        }
        return prefixes;
    }
}
