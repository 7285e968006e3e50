-- Module pages: sign-ins in progress, and browsers that are signed in.

create table sign_in (
  cookie_hash    bytea primary key,
  state          text not null,
  code_verifier  text not null,
  return_article text,
  start_trial    boolean not null,
  expires_at     timestamptz not null
);

comment on table sign_in is 'Sign-ins in progress. A row is deleted when the browser returns from the issuer.';
comment on column sign_in.cookie_hash is 'SHA-256 hash of the secret in the cookie of the browser.';
comment on column sign_in.state is 'OAuth 2.0 parameter state.';
comment on column sign_in.code_verifier is 'PKCE code verifier.';
comment on column sign_in.return_article is 'URL of the article to return to; may be null.';
comment on column sign_in.start_trial is 'Whether a new account starts its free trial.';

create table browser_session (
  cookie_hash bytea primary key,
  issuer      text not null,
  subject     text not null,
  started_at  timestamptz not null,
  expires_at  timestamptz not null
);
create index browser_session_by_reader on browser_session (issuer, subject);

comment on table browser_session is 'Browsers that are signed in.';
comment on column browser_session.cookie_hash is 'SHA-256 hash of the secret in the cookie of the browser.';
comment on column browser_session.issuer is 'Claim iss of the signed-in reader.';
comment on column browser_session.subject is 'Claim sub of the signed-in reader.';
