-- Decisions as they were made, with all that the law was told, under a pseudonym, for some days.
create table precedent (
  id           uuid primary key,
  at           timestamptz not null,
  call         text not null check (call in ('CHECK', 'OPEN')),
  holder       text, -- a keyed hash of the account or the visitor; null for somebody of whom nothing is known
  source       text not null references source,
  rule         int not null,
  reason       text not null,
  facts        jsonb not null
);
create index precedent_by_source on precedent (source, at desc);
create index precedent_by_age on precedent (at);
