package dev.gatefold.sandbox.stripe.pages;

import dev.gatefold.sandbox.stripe.http.SandboxJson;
import java.util.stream.Collector;
import java.util.stream.Collectors;

/** A piece of HTML with placeholders such as {@code {{name}}}. Text that replaces a placeholder is escaped. */
record SandboxHtml(String source) {
    static SandboxHtml template(String name) {
        return new SandboxHtml(SandboxJson.resource(name));
    }

    static SandboxHtml text(String text) {
        return new SandboxHtml(text.replace("&", "&amp;")
                .replace("{", "&#123;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;"));
    }

    static Collector<SandboxHtml, ?, SandboxHtml> joined() {
        return Collectors.collectingAndThen(
                Collectors.mapping(SandboxHtml::source, Collectors.joining("\n")), SandboxHtml::new);
    }

    SandboxHtml with(String placeholder, String text) {
        return with(placeholder, text(text));
    }

    SandboxHtml with(String placeholder, SandboxHtml content) {
        return new SandboxHtml(source.replace("{{" + placeholder + "}}", content.source));
    }

    /** Returns the page with the layout that all pages share. */
    SandboxHtml inLayout(String title) {
        return template("layout.html").with("title", title).with("body", this);
    }
}
