/**
 * What a reading pass says of a source, for a worker in front of its articles: WebCrypto and nothing else, so that it
 * runs wherever JavaScript does. Fetch the keys of /.well-known/jwks.json every few minutes and when a pass names one
 * that is not there, and /v1/passes/revocations every two seconds.
 *
 * Answers {granted: true, reason, until} or {granted: false, why}: "forged", "foreign" (of another issuer, audience or
 * key than expected), "expired", "revoked", or "ask" (the pass says nothing of this source: ask Gatefold). Times are
 * seconds since 1970. An app that can reach nobody says so with `offline`, and may rely on its pass for longer.
 */
export async function verifyPass({pass, jwks, revocations, issuer, audience, source, now, offline = false}) {
  const no = (why) => ({granted: false, why});
  const [head, body, signature, ...rest] = pass.split('.');
  let header, claims, signed;
  try {
    [header, claims] = [head, body].map((part) => JSON.parse(new TextDecoder().decode(bytes(part))));
    signed = bytes(signature);
  } catch {
    return no('forged');
  }
  if (rest.length || header?.alg !== 'ES256' || header.typ !== 'entitlement+jwt') return no('forged');
  const jwk = jwks.keys.find((key) => key.kid === header.kid && key.alg === 'ES256');
  if (!jwk) return no('foreign');
  const algorithm = {name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256'};
  const key = await crypto.subtle.importKey('jwk', jwk, algorithm, false, ['verify']);
  if (!(await crypto.subtle.verify(algorithm, key, signed, utf8(`${head}.${body}`)))) return no('forged');
  if (claims.iss !== issuer || claims.aud !== audience) return no('foreign');
  const end = (offline && claims.offline) || claims.exp;
  if (now >= end) return no('expired');
  if (revocations.items.some((it) => it.sub === claims.sub && claims.version < it.version)) return no('revoked');

  const hash = String(new Uint8Array(await crypto.subtle.digest('SHA-256', utf8(source))).slice(0, 5));
  const names = (slugs = [], hashes = '') =>
    slugs === '*' || slugs.includes(source) || fives(bytes(hashes)).some((five) => String(five) === hash);
  const right = names(claims.except, claims.exceptHashes) ? undefined : claims.rights
    .filter((it) => names(it.covers, it.hashes) && now < (it.until ?? Infinity))
    .sort((one, other) => (other.until ?? Infinity) - (one.until ?? Infinity))[0];
  return right ? {granted: true, reason: right.basis, until: Math.min(right.until ?? end, end)} : no('ask');
}

const utf8 = (text) => new TextEncoder().encode(text);
const bytes = (base64url) =>
  Uint8Array.from(atob(base64url.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0));
const fives = (all) => Array.from({length: all.length / 5}, (_, i) => all.slice(5 * i, 5 * i + 5));
