-- Module shares: links by which members share articles.

create table article_share (
  code          text primary key check (length(code) = 22),
  account_id    uuid not null references account,
  source        text not null references source,
  article_key   text not null,
  article_name  text not null,
  created_at    timestamptz not null,
  expires_at    timestamptz not null,
  revoked_at    timestamptz,
  recipient_ids uuid[] not null default '{}',
  constraint article_share_term check (expires_at > created_at)
);
create index article_share_by_account on article_share (account_id, created_at);
create index article_share_by_recipient on article_share using gin (recipient_ids);

comment on table article_share is 'Share links: each opens one article for a limited number of recipients and time.';
comment on column article_share.code is 'Secret part of the link, Base64url.';
comment on column article_share.account_id is 'The member who shares the article.';
comment on column article_share.article_key is 'Identifies the article within its source.';
comment on column article_share.article_name is 'Canonical URL of the article, or the reference that the source uses.';
comment on column article_share.revoked_at is 'When the member revoked the link; null while it works.';
comment on column article_share.recipient_ids is 'Ids of the accounts and visitors that have opened the link, as a set.';
