package dev.gatefold.docs;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ParameterizedTypeTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import java.util.stream.Collectors;

/**
 * The values that a setting accepts, in words.
 *
 * @param optional whether the setting may be absent
 */
record SettingValueType(String words, boolean optional) {
    static SettingValueType of(MethodTree method, ClassTree mapping) {
        String bounds = DocumentedSettings.value(method.getModifiers(), "Positive")
                        .map(_ -> ", from 1")
                        .orElse("")
                + DocumentedSettings.value(method.getModifiers(), "Min")
                        .map(", from %s"::formatted)
                        .orElse("")
                + DocumentedSettings.value(method.getModifiers(), "Max")
                        .map(" to %s"::formatted)
                        .orElse("");
        return new SettingValueType(
                words(method.getReturnType(), mapping) + bounds,
                method.getReturnType().toString().startsWith("Optional"));
    }

    private static String words(Tree type, ClassTree mapping) {
        if (type instanceof ParameterizedTypeTree of) {
            String words = words(of.getTypeArguments().getFirst(), mapping);
            return of.getType().toString().equals("Optional") ? words : words + ", comma-separated";
        }
        return switch (type.toString()) {
            case "Duration" -> "duration";
            case "Path" -> "path";
            case "String" -> "text";
            case "URI" -> "URL";
            case "boolean" -> "`true` or `false`";
            case "int", "long" -> "number";
            default -> constants(type.toString(), mapping);
        };
    }

    private static String constants(String name, ClassTree mapping) {
        return mapping.getMembers().stream()
                .filter(member ->
                        member instanceof ClassTree type && type.getSimpleName().contentEquals(name))
                .flatMap(type -> ((ClassTree) type).getMembers().stream())
                .filter(member -> member instanceof VariableTree constant
                        && constant.getType() instanceof IdentifierTree of
                        && of.getName().contentEquals(name))
                .map(constant -> "`" + ((VariableTree) constant).getName() + "`")
                .collect(Collectors.joining(" or "));
    }
}
