-- Module access: meters and reads.

create table meter (
  reader_id      uuid not null,
  source         text not null references source,
  period_id      text not null,
  article_hashes text[] not null,
  last_read_id   uuid not null,
  refund_count   int not null default 0,
  primary key (reader_id, source, period_id)
);

comment on table meter is
  'The set of articles that a reader has opened of a metered source in one period. Opening an article twice counts once.';
comment on column meter.reader_id is 'Id of an account or of a visitor.';
comment on column meter.period_id is 'Name of the day, week or month in the time zone of the source.';
comment on column meter.article_hashes is 'Hexadecimal prefixes (16 bytes) of the SHA-256 hashes of article keys.';
comment on column meter.last_read_id is 'The read that added the newest article.';
comment on column meter.refund_count is 'Articles removed from the set because they did not load.';

create table article_read (
  id              uuid primary key,
  read_at         timestamptz not null,
  reader_id       uuid not null,
  idempotency_key text not null check (length(idempotency_key) <= 255),
  article_key     text not null,
  request_params  text not null,
  source          text not null references source,
  article_name    text not null,
  reason          text not null,
  decision        jsonb not null,
  not_loaded_at   timestamptz,
  unique (reader_id, idempotency_key)
);
create index article_read_by_source on article_read (source, read_at);

comment on table article_read is 'Every article that was opened, with the decision. Publishers are paid by it.';
comment on column article_read.id is 'Id of the decision.';
comment on column article_read.reader_id is 'Id of an account or of a visitor; zeros for an unidentified reader of an open article.';
comment on column article_read.idempotency_key is 'Header Idempotency-Key of the request; replaced by the id when the account is erased.';
comment on column article_read.article_key is 'Identifies the article within its source.';
comment on column article_read.request_params is
  'Parameters of the request. A second request with the same idempotency key must have the same parameters.';
comment on column article_read.article_name is 'Canonical URL of the article, or the reference that the source uses.';
comment on column article_read.reason is 'Reason of the decision.';
comment on column article_read.decision is 'The decision as it was returned; replayed to a request with the same idempotency key.';
comment on column article_read.not_loaded_at is
  'When the reader reported that the article did not load; such a read is not paid. Null for all others.';
