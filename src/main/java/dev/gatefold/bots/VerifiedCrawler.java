package dev.gatefold.bots;

import dev.gatefold.access.GrantReason;
import dev.gatefold.access.bypass.Bypass;
import dev.gatefold.catalog.model.Article;
import dev.gatefold.catalog.rules.Policy;
import java.time.Instant;

/** Access of a verified search engine crawler to the articles whose policy allows crawlers. */
public record VerifiedCrawler() implements Bypass {
    @Override
    public GrantReason reason() {
        return GrantReason.CRAWLER;
    }

    @Override
    public Instant until() {
        return Instant.MAX;
    }

    @Override
    public boolean opens(Article article, Policy policy, Instant at) {
        return policy.allowsCrawlers();
    }
}
