// A client of Gatefold's API that knows every path, parameter, body and answer of it: their types are in schema.ts,
// which is made of docs/api/openapi.yaml. It needs nothing but fetch.
import type {components, paths} from './schema.js';

export type Schemas = components['schemas'];
export type Decision = Schemas['Decision'];
export type Problem = Schemas['Problem'];

type Method = 'get' | 'put' | 'post' | 'patch' | 'delete';
type Operation<M extends Method, P extends keyof paths> = NonNullable<paths[P][M]>;
type PathOf<M extends Method> = {[P in keyof paths]: paths[P][M] extends undefined ? never : P}[keyof paths];

type Parameters<O> = O extends {parameters: infer A} ? Omit<A, 'cookie'> : object;
type Body<O> = O extends {requestBody: {content: infer C}} ? {body: C[keyof C]}
  : O extends {requestBody?: {content: infer C}} ? {body?: C[keyof C]} : {body?: undefined};
type Asked<O> = Parameters<O> & Body<O>;

type Optional<A> = object extends A ? [asked?: A] : [asked: A];

type Success = 200 | 201 | 202 | 204;
type Content<R> = R extends {content: infer C} ? C[keyof C] : undefined;
type Answer<O> = O extends {responses: infer R} ? Content<R[keyof R & Success]> : never;

/** An answer that is an error; what went wrong is told by its code. */
export class GatefoldError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail ?? problem.title);
  }
}

export interface Settings {
  /** The address of the service. */
  url: string;
  /** The reader's access token at this moment, if there is one; it is asked for before each call. */
  token?: () => string | undefined | Promise<string | undefined>;
  fetch?: typeof fetch;
}

type Members = Record<string, unknown>;
type Said = {path?: Members; query?: Members; header?: Members; body?: unknown};

export class Gatefold {
  constructor(private readonly settings: Settings) {}

  /** Calls the API, as in `call('get', '/v1/access', {query: {url}})`; throws a GatefoldError where it answers one. */
  async call<M extends Method, P extends PathOf<M>>(
    method: M, path: P, ...[asked]: Optional<Asked<Operation<M, P>>>
  ): Promise<Answer<Operation<M, P>>> {
    const said: Said = asked ?? {};
    const response = await (this.settings.fetch ?? fetch)(this.address(path, said), {
      method: method.toUpperCase(),
      headers: await this.headers(said),
      body: said.body === undefined || typeof said.body === 'string' ? said.body ?? null : JSON.stringify(said.body),
    });
    if (!response.ok) {
      throw new GatefoldError(await problemOf(response));
    }
    const answer = isOf(response, 'application/json') ? await response.json() : await response.text() || undefined;
    return answer as Answer<Operation<M, P>>;
  }

  private address(path: string, {path: names = {}, query = {}}: Said): URL {
    const filled = path.replace(/{(\w+)}/g, (_, name: string) => encodeURIComponent(String(names[name])));
    const url = new URL(filled, this.settings.url);
    given(query).forEach(([name, value]) => url.searchParams.set(name, value));
    return url;
  }

  private async headers({header = {}, body}: Said): Promise<Headers> {
    const token = await this.settings.token?.();
    const type = typeof body === 'string' ? 'text/tab-separated-values' : body && 'application/json';
    const authorization = token && `Bearer ${token}`;
    return new Headers(given({'Content-Type': type, Authorization: authorization, ...header}));
  }
}

function given(members: Record<string, unknown>): [string, string][] {
  return Object.entries(members)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, String(value)]);
}

function isOf(response: Response, type: string): boolean {
  return response.headers.get('Content-Type')?.startsWith(type) ?? false;
}

/** What stands between us and the service may answer something else than a problem. */
async function problemOf(response: Response): Promise<Problem> {
  const {status, statusText: title} = response;
  return isOf(response, 'application/problem+json')
    ? await response.json() as Problem : {type: 'about:blank', title, status, code: 'no-problem'};
}
