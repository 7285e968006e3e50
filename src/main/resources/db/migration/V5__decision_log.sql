-- Module decisionlog: samples of decisions, for dry runs of new rules and for explanations.

create table decision_sample (
  id               uuid primary key,
  decided_at       timestamptz not null,
  operation        text not null check (operation in ('CHECK', 'OPEN')),
  reader_pseudonym text,
  source           text not null references source,
  rule_version     int not null,
  reason           text not null,
  inputs           jsonb not null
);
create index decision_sample_by_source on decision_sample (source, decided_at desc);
create index decision_sample_by_age on decision_sample (decided_at);

comment on table decision_sample is
  'Decisions with their complete inputs, under a pseudonym. Rows are deleted after the configured number of days.';
comment on column decision_sample.id is 'Id of the decision.';
comment on column decision_sample.operation is 'CHECK for a question, OPEN for a read.';
comment on column decision_sample.reader_pseudonym is 'Keyed hash of the id of the account or visitor; null for an unidentified reader.';
comment on column decision_sample.rule_version is 'Version of the rule of the source that was effective.';
comment on column decision_sample.inputs is 'All inputs of the decision function, enough to decide again by other rules.';
