/**
 * Verifies a reading pass and decides whether its reader may open an article of a source. Uses only WebCrypto, so it runs
 * in edge workers, browsers and Node.js.
 *
 * @param {object} input
 * @param {string} input.pass compact serialisation of the pass
 * @param {object} input.jwks body of /.well-known/jwks.json; fetch it every few minutes, and when a pass is `untrusted`
 * @param {object} input.revocations body of /v1/passes/revocations; poll it every two seconds
 * @param {string} input.issuer public URL of the service
 * @param {string} input.audience `edge` or `app`
 * @param {string} input.source slug of the source
 * @param {number} input.now seconds since 1970
 * @param {boolean} [input.offline] true in an app without a network connection, which may rely on its pass for longer
 * @returns {Promise<object>} `{granted: true, reason, until}` with the basis of the right and its end in seconds since
 *   1970, or `{granted: false, reason}` with one of:
 *   `malformed` (not a pass, or its signature is invalid), `untrusted` (unknown key, or another issuer or audience),
 *   `expired`, `revoked`, or `unlisted` (the pass does not list the source: call GET /v1/access)
 */
export async function verifyPass({pass, jwks, revocations, issuer, audience, source, now, offline = false}) {
  const denied = (reason) => ({granted: false, reason});
  const token = decode(pass);
  if (token?.header?.alg !== 'ES256' || token.header.typ !== 'entitlement+jwt') return denied('malformed');
  const jwk = jwks.keys.find((key) => key.kid === token.header.kid && key.alg === 'ES256');
  if (!jwk) return denied('untrusted');
  if (!(await hasValidSignature(token, jwk))) return denied('malformed');
  const {claims} = token;
  if (claims.iss !== issuer || claims.aud !== audience) return denied('untrusted');
  const end = (offline && claims.offline) || claims.exp;
  if (now >= end) return denied('expired');
  if (revocations.items.some((it) => it.sub === claims.sub && claims.version < it.version)) return denied('revoked');

  const right = await longestRight(claims, source, now);
  return right
    ? {granted: true, reason: right.basis, until: Math.min(right.until ?? end, end)}
    : denied('unlisted');
}

/** Splits and parses a pass; returns undefined if it is malformed. */
function decode(pass) {
  const [header, claims, signature, ...rest] = pass.split('.');
  try {
    return rest.length ? undefined : {
      header: JSON.parse(text(header)),
      claims: JSON.parse(text(claims)),
      signature: fromBase64url(signature),
      signedText: `${header}.${claims}`,
    };
  } catch {
    return undefined;
  }
}

async function hasValidSignature({signature, signedText}, jwk) {
  const algorithm = {name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256'};
  const key = await crypto.subtle.importKey('jwk', jwk, algorithm, false, ['verify']);
  return crypto.subtle.verify(algorithm, key, signature, utf8(signedText));
}

/** Returns the right that covers the source longest; undefined if there is none, or the source is excluded. */
async function longestRight(claims, source, now) {
  const sha256 = await crypto.subtle.digest('SHA-256', utf8(source));
  const sourceHash = String(new Uint8Array(sha256).slice(0, HASH_BYTES));
  const lists = (slugs = [], hashes = '') =>
    slugs === '*' || slugs.includes(source) || splitHashes(hashes).includes(sourceHash);
  if (lists(claims.except, claims.exceptHashes)) return undefined;
  return claims.rights
    .filter((right) => lists(right.covers, right.hashes) && now < (right.until ?? Infinity))
    .sort((one, other) => (other.until ?? Infinity) - (one.until ?? Infinity))[0];
}

/** A hash in a pass is the first five bytes of the SHA-256 of a slug. */
const HASH_BYTES = 5;

function splitHashes(base64url) {
  const bytes = fromBase64url(base64url);
  return Array.from({length: bytes.length / HASH_BYTES}, (_, i) =>
    String(bytes.slice(HASH_BYTES * i, HASH_BYTES * (i + 1))));
}

const utf8 = (string) => new TextEncoder().encode(string);
const text = (base64url) => new TextDecoder().decode(fromBase64url(base64url));
const fromBase64url = (base64url) =>
  Uint8Array.from(atob(base64url.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0));
