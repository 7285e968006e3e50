// A client for the Gatefold API that needs only fetch. All paths, parameters, request and response bodies are typed by
// schema.ts, which is generated from docs/api/openapi.yaml.
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
type Input<O> = Parameters<O> & Body<O>;

type OptionalInput<A> = object extends A ? [input?: A] : [input: A];

type Success = 200 | 201 | 202 | 204;
type Content<R> = R extends {content: infer C} ? C[keyof C] : undefined;
type Result<O> = O extends {responses: infer R} ? Content<R[keyof R & Success]> : never;

/** An error response; `problem.code` identifies the error. */
export class GatefoldError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail ?? problem.title);
  }
}

export interface Settings {
  /** Base URL of the service. */
  url: string;
  /** Returns the reader's current access token, or undefined for a visitor; called before each request. */
  token?: () => string | undefined | Promise<string | undefined>;
  fetch?: typeof fetch;
}

type Values = Record<string, unknown>;
type UntypedInput = {path?: Values; query?: Values; header?: Values; body?: unknown};

export class Gatefold {
  constructor(private readonly settings: Settings) {}

  /**
   * Calls the API, for example `call('get', '/v1/access', {query: {url}})`, and returns the response body.
   * Throws a GatefoldError for an error response.
   */
  async call<M extends Method, P extends PathOf<M>>(
    method: M, path: P, ...[typedInput]: OptionalInput<Input<Operation<M, P>>>
  ): Promise<Result<Operation<M, P>>> {
    const input: UntypedInput = typedInput ?? {};
    const response = await (this.settings.fetch ?? fetch)(this.requestUrl(path, input), {
      method: method.toUpperCase(),
      headers: await this.headers(input),
      body: input.body === undefined || typeof input.body === 'string' ? input.body ?? null : JSON.stringify(input.body),
    });
    if (!response.ok) {
      throw new GatefoldError(await problemOf(response));
    }
    const result = hasType(response, 'application/json') ? await response.json() : await response.text() || undefined;
    return result as Result<Operation<M, P>>;
  }

  private requestUrl(path: string, {path: values = {}, query = {}}: UntypedInput): URL {
    const expanded = path.replace(/{(\w+)}/g, (_, name: string) => encodeURIComponent(String(values[name])));
    const url = new URL(expanded, this.settings.url);
    definedEntries(query).forEach(([name, value]) => url.searchParams.set(name, value));
    return url;
  }

  private async headers({header = {}, body}: UntypedInput): Promise<Headers> {
    const token = await this.settings.token?.();
    const type = typeof body === 'string' ? 'text/tab-separated-values' : body && 'application/json';
    const authorization = token && `Bearer ${token}`;
    return new Headers(definedEntries({'Content-Type': type, Authorization: authorization, ...header}));
  }
}

function definedEntries(values: Values): [string, string][] {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, String(value)]);
}

function hasType(response: Response, type: string): boolean {
  return response.headers.get('Content-Type')?.startsWith(type) ?? false;
}

/** Returns the problem of an error response. A proxy before the service may answer in another format. */
async function problemOf(response: Response): Promise<Problem> {
  const {status, statusText: title} = response;
  return hasType(response, 'application/problem+json')
    ? await response.json() as Problem : {type: 'about:blank', title, status, code: 'no-problem'};
}
