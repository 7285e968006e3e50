package dev.gatefold.sandbox.stripe;

import java.util.stream.Collector;
import java.util.stream.Collectors;

/** A piece of a page. Whatever text fills one of its holes is escaped. */
record Html(String source) {
    static Html template(String name) {
        return new Html(Json.resource(name));
    }

    static Html text(String text) {
        return new Html(text.replace("&", "&amp;")
                .replace("{", "&#123;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;"));
    }

    static Collector<Html, ?, Html> joined() {
        return Collectors.collectingAndThen(Collectors.mapping(Html::source, Collectors.joining("\n")), Html::new);
    }

    Html with(String hole, String text) {
        return with(hole, text(text));
    }

    Html with(String hole, Html filling) {
        return new Html(source.replace("{{" + hole + "}}", filling.source));
    }

    /** Inside the frame that all pages share. */
    Html framed(String title) {
        return template("frame.html").with("title", title).with("body", this);
    }
}
