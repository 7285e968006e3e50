package dev.gatefold.sandbox.stripe.pages;

import dev.gatefold.sandbox.stripe.http.SandboxJson;
import java.util.stream.Collector;
import java.util.stream.Collectors;

/** A piece of a page. Whatever text fills one of its holes is escaped. */
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

    SandboxHtml with(String hole, String text) {
        return with(hole, text(text));
    }

    SandboxHtml with(String hole, SandboxHtml filling) {
        return new SandboxHtml(source.replace("{{" + hole + "}}", filling.source));
    }

    /** Inside the frame that all pages share. */
    SandboxHtml inLayout(String title) {
        return template("layout.html").with("title", title).with("body", this);
    }
}
