package dev.gatefold.docs;

import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.TreePath;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Converts Javadoc comments to Markdown. */
final class JavadocMarkdown {
    private JavadocMarkdown() {}

    /**
     * Returns the body of a comment as one line of Markdown; empty if there is no comment.
     *
     * @param variable maps a linked method of the same type to its environment variable
     */
    static String markdownOf(TreePath path, DocTrees comments, UnaryOperator<String> variable) {
        var comment = comments.getDocCommentTree(path);
        return comment == null
                ? ""
                : comment.getFullBody().stream()
                        .map(element -> markdown(element, variable))
                        .collect(Collectors.joining())
                        .replaceAll("\\s+", " ")
                        .replace("|", "\\|");
    }

    private static String markdown(DocTree element, UnaryOperator<String> variable) {
        return switch (element) {
            case LiteralTree literal -> "`" + literal.getBody() + "`";
            case LinkTree link -> "`" + linkText(link.getReference().getSignature(), variable) + "`";
            default -> element.toString();
        };
    }

    private static String linkText(String signature, UnaryOperator<String> variable) {
        return signature.startsWith("#") ? variable.apply(signature.replaceAll("\\W", "")) : signature;
    }
}
