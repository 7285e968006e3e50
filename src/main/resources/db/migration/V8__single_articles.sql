-- A right is to what a plan covers, or to one article.
alter table entitlement
  alter column plan drop not null,
  add column source       text references source,
  add column article_key  text check (length(article_key) <= 5000),
  add column article_name text check (length(article_name) <= 5000),
  add check ((plan is null) = (source is not null)),
  add check ((source is null) = (article_key is null)),
  add check ((source is null) = (article_name is null));
