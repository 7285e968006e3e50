package dev.gatefold.docs;

import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.TreePath;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** What a comment says, in Markdown. */
final class JavadocMarkdown {
    private JavadocMarkdown() {}

    /** @param variable what a method of the same type is called by operators */
    static String markdownOf(TreePath path, DocTrees comments, UnaryOperator<String> variable) {
        var comment = comments.getDocCommentTree(path);
        return comment == null
                ? ""
                : comment.getFullBody().stream()
                        .map(part -> markdown(part, variable))
                        .collect(Collectors.joining())
                        .replaceAll("\\s+", " ")
                        .replace("|", "\\|");
    }

    private static String markdown(DocTree part, UnaryOperator<String> variable) {
        return switch (part) {
            case LiteralTree literal -> "`" + literal.getBody() + "`";
            case LinkTree link -> "`" + linkText(link.getReference().getSignature(), variable) + "`";
            default -> part.toString();
        };
    }

    private static String linkText(String signature, UnaryOperator<String> variable) {
        return signature.startsWith("#") ? variable.apply(signature.replaceAll("\\W", "")) : signature;
    }
}
