-- How many visitors' tokens were given in a day to each part of the network. The part is kept as a keyed hash of it and
-- the day, so that it tells nothing afterwards.
create table newcomers (
  day   date not null,
  place bytea not null,
  given int not null,
  primary key (day, place)
);

alter table read add column not_loaded_at timestamptz; -- the reader got the right, and not the article
alter table meter add column given_back int not null default 0; -- articles that were taken out again, not having loaded
