package dev.gatefold.access.decide;

import dev.gatefold.access.bypass.Bypass;
import dev.gatefold.access.decide.Ruling.Ration;
import dev.gatefold.access.decide.Ruling.Verdict;
import dev.gatefold.access.meter.MeterQuery;
import dev.gatefold.access.meter.MeterTally;
import dev.gatefold.catalog.model.Article;
import java.util.List;

/**
 * The ruling on one article.
 *
 * @param tally state of the meter before the request; null if no meter was read
 */
public record ArticleRuling(PaywallQuery query, Ruling ruling, MeterTally tally) {
    /** Returns the final ruling. A ration without a meter to read is resolved as if nothing was read yet. */
    public Verdict verdict() {
        return switch (ruling) {
            case Verdict verdict -> verdict;
            case Ration ration -> ration.resolve(MeterTally.EMPTY);
        };
    }

    ArticleRuling with(List<Bypass> bypasses, Ruling ruling) {
        return new ArticleRuling(query.with(bypasses), ruling, tally);
    }

    ArticleRuling resolved(MeterTally tally) {
        return resolved(tally, tally);
    }

    ArticleRuling resolved(MeterTally tally, MeterTally before) {
        return new ArticleRuling(query, ((Ration) ruling).resolve(tally), before);
    }

    ArticleRuling withoutMeter() {
        return ruling instanceof Ration ration ? new ArticleRuling(query, ration.fallback(), null) : this;
    }

    boolean isRationed() {
        return ruling instanceof Ration;
    }

    MeterQuery meterQuery() {
        Article article = query.article();
        return new MeterQuery(
                article.source().orElseThrow().slug(),
                ((Ration) ruling).period().id(),
                article.key());
    }
}
