// A reader's journey through the API as an app would code it. Writes its observations to standard output as JSON.
import {Gatefold, GatefoldError, type Decision} from '../../../main/clients/typescript/gatefold.js';

declare const process: {argv: string[]};
const [url, token, article] = process.argv.slice(2) as [string, string, string];

const visitor = new Gatefold({url});
const reader = new Gatefold({url, token: () => token});

const denied: Decision = await visitor.call('get', '/v1/access', {query: {url: article}});
await reader.call('post', '/v1/accounts', {body: {startTrial: true, locale: 'en'}});
const opened = await reader.call('post', '/v1/reads', {
  header: {'Idempotency-Key': crypto.randomUUID()},
  body: {url: article},
});
const membership = await reader.call('get', '/v1/me/membership');
const source = await visitor.call('get', '/v1/sources/{slug}', {path: {slug: opened.source?.slug ?? ''}});
const profile = await reader.call('patch', '/v1/me', {body: {locale: 'de', name: null}});
const refused = await reader.call('post', '/v1/me/shares', {body: {url: article}}).catch((error: unknown) => error);

// The compiler rejects invalid calls.
export const invalidCalls: (() => unknown)[] = [
  // @ts-expect-error unknown path
  () => visitor.call('get', '/v1/nothing'),
  // @ts-expect-error the path has no DELETE
  () => visitor.call('delete', '/v1/access'),
  // @ts-expect-error the slug is missing
  () => visitor.call('get', '/v1/sources/{slug}'),
  // @ts-expect-error a time zone is a string
  () => reader.call('post', '/v1/accounts', {body: {timeZone: 1}}),
];

console.log(JSON.stringify({
  denied: denied.reason,
  opened: opened.reason,
  state: membership.state,
  source: source.name,
  locale: profile.locale,
  refused: refused instanceof GatefoldError && refused.problem.code,
}));
