/**
 * Defines <gatefold-wall>: checks access to an article, then shows its text or a paywall.
 * If the service fails, the text is shown.
 */
/** The only offers to a reader who owes a payment. */
const PAYMENT_KINDS = ['PAY_NOW', 'UPDATE_PAYMENT'];

const SERVICE = new URL(import.meta.url).origin;

/** Language to key to text. The service inserts the texts of its own pages. */
const TEXTS = /* texts */ {};

/** Minor units as the payment provider defines them; other currencies have two decimals. */
const WITHOUT_DECIMALS = 'bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf'.split(' ');
const WITH_THREE_DECIMALS = 'bhd jod kwd omr tnd'.split(' ');

const style = new CSSStyleSheet();
style.replaceSync(`
  :host { display: block; --a: var(--gatefold-accent, light-dark(#1f3a5f, #a9c6ea));
    --p: var(--gatefold-paper, light-dark(#fff, #1d1c1a)) }
  section { padding: 1em; color: var(--gatefold-ink, light-dark(#222, #eee)); background: var(--p); overflow-wrap: anywhere }
  h2 { font-size: 1.3em; margin: 0 }
  a, button { display: inline-block; padding: .6em 1em; font: inherit; text-decoration: none; color: var(--a); background: none }
  section, a, button { border: 1px solid; border-radius: .5em }
  [part~=first] { color: var(--p); background: var(--a) }
  [part=price] { display: inline-block; vertical-align: middle }
  .screen-reader { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
`);

let visitorToken;
try { visitorToken = localStorage.gatefoldVisitor; } catch {} // storage may be blocked

const withoutEmpty = (object) => Object.entries(object).filter(([, value]) => value);
const element = (name, properties, ...children) => {
  const created = Object.assign(document.createElement(name), properties);
  created.append(...children);
  return created;
};

/** Texts and formats in the language of the page, or in English. */
const formats = (wall) => {
  const supported = new RegExp(`^(${Object.keys(TEXTS).join('|')})(-[a-z]{2})?\\b`, 'i');
  const [tag] = supported.exec(wall.closest('[lang]')?.lang) ?? ['en'];
  const language = tag.slice(0, 2).toLowerCase();
  const regional = (tag) => tag.length === 5 && tag.slice(0, 2).toLowerCase() === language;
  const region = [tag, ...navigator.languages].find(regional) ?? language; // decides how dates and amounts are written
  const texts = TEXTS[language];
  const text = (key, values) => (texts[key] ?? texts.SOURCE_UNKNOWN).replace(/{(\w+)}/g, (_, name) => values[name] ?? '');
  const date = (instant, timeZone) => new Date(instant).toLocaleDateString(region, {dateStyle: 'long', timeZone});
  return {
    locale: tag, text,
    has: (key) => key in texts,
    explanation: (reason, source) => texts[`${reason}_TEXT`] && text(`${reason}_TEXT`, {source: source?.name}),
    meter: ({remaining, limit, period}) => text({7: 'MONTH', 8: 'WEEK'}[period.length] ?? 'DAY', {left: remaining, limit}),
    reset: ({resetsAt, timeZone}) => text('WAIT', {date: date(resetsAt, timeZone)}),
    label: ({kind, trialDays}) => text(kind === 'SIGN_UP' && trialDays ? 'START_TRIAL' : kind),
    price({price, interval, trialDays}) {
      const trial = trialDays && text(trialDays > 1 ? 'trialOfDays' : 'trialOfOneDay', {days: trialDays});
      if (!price) return trial ?? '';
      const decimals = WITHOUT_DECIMALS.includes(price.currency) ? 0 : WITH_THREE_DECIMALS.includes(price.currency) ? 3 : 2;
      const money = new Intl.NumberFormat(region, {style: 'currency', currency: price.currency, maximumFractionDigits: decimals});
      const amount = money.format(price.amount / 10 ** decimals);
      return text(trial ? 'priceAfterTrial' : 'price', {trial, price: text(`per${interval}`, {amount})});
    },
  };
};

customElements.define('gatefold-wall', class extends HTMLElement {
  static observedAttributes = ['article', 'source', 'section', 'published-at', 'for', 'token', 'visitor'];

  #status = element('p', {role: 'status', part: 'status'});
  #wall; #text; #idempotencyKey; #open; #token; #timer; #currentCheck;

  /** The reader may have paid in another tab, or may come back from there. */
  #pageShown = () => { if (this.#wall && !document.hidden) this.#checkIn(0); };

  constructor() {
    super();
    this.attachShadow({mode: 'open'}).append(this.#status);
    this.shadowRoot.adoptedStyleSheets = [style];
  }

  get token() {
    return this.#token ?? this.getAttribute('token');
  }

  set token(token) {
    this.#token = token;
    this.attributeChangedCallback('token');
  }

  connectedCallback() {
    if (Object.hasOwn(this, 'token')) { // set by the page before this script was loaded
      this.#token = this.token;
      delete this.token;
    }
    document.addEventListener('visibilitychange', this.#pageShown);
    addEventListener('pageshow', this.#pageShown);
    this.attributeChangedCallback();
  }

  disconnectedCallback() {
    document.removeEventListener('visibilitychange', this.#pageShown);
    removeEventListener('pageshow', this.#pageShown);
    this.#currentCheck = clearTimeout(this.#timer);
  }

  /** A new article is checked again; a new reader only while the text is hidden. */
  attributeChangedCallback(name) {
    if (!/token|visitor/.test(name)) this.#idempotencyKey = this.#open = undefined;
    if (this.isConnected && !this.#open) this.#checkIn(0);
  }

  /** Delayed checks are skipped on a hidden page, which is checked when it is shown again. */
  #checkIn(milliseconds) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (this.isConnected && !(milliseconds && document.hidden)) this.#check();
    }, milliseconds);
  }

  async #check() {
    const check = this.#currentCheck = {}; // responses of earlier checks are ignored
    try {
      this.#idempotencyKey ??= crypto.getRandomValues(new BigUint64Array(2)).join('-');
      const selector = this.getAttribute('for');
      this.#text = selector ? document.querySelector(selector) : this.nextElementSibling;
      this.#hideText(true);
      const article = this.#article;
      let decision = await this.#call(`access?${new URLSearchParams(withoutEmpty(article))}`);
      if (decision.granted && check === this.#currentCheck) decision = await this.#call('reads', article);
      if (check !== this.#currentCheck) return;
      decision.granted ? this.#grant(decision) : this.#deny(decision);
      this.#emit('decision', decision);
    } catch (error) {
      if (check !== this.#currentCheck) return;
      this.#showText();
      this.#emit('error', error);
    }
  }

  get #article() {
    const attribute = (name) => this.getAttribute(name) || null;
    const [source, article, section] = ['source', 'article', 'section'].map(attribute);
    return {[source ? 'article' : 'url']: article, source, section, publishedAt: attribute('published-at')};
  }

  async #call(path, body, isRetry) {
    const headers = withoutEmpty({
      Authorization: this.token && `Bearer ${this.token}`,
      'X-Visitor': this.getAttribute('visitor') ?? visitorToken,
      'X-Share': new URLSearchParams(location.hash.slice(1)).get('share'),
      ...body && {'Content-Type': 'application/json', 'Idempotency-Key': this.#idempotencyKey},
    });
    const options = {headers, method: body ? 'POST' : 'GET', body: JSON.stringify(body), cache: 'no-cache'};
    const response = await fetch(`${SERVICE}/v1/${path}`, {...options, signal: AbortSignal.timeout(8000)});
    const result = await response.json();
    if (response.ok) return result;
    if (isRetry || !/^visitor-/.test(result.code)) throw new Error(result.detail);
    visitorToken = null; // the meter needs a new visitor token
    visitorToken = (await this.#call('visitors', {})).token;
    try { localStorage.gatefoldVisitor = visitorToken; } catch {}
    return this.#call(path, body, true);
  }

  #hideText(hidden) {
    if (this.#text) this.#text.style.display = (this.#text.hidden = hidden) ? 'none' : '';
  }

  #grant({meter, reason}) {
    const format = formats(this);
    const hadFocus = this.shadowRoot.activeElement;
    this.#showText();
    this.#status.lang = format.locale;
    const shared = reason === 'SHARED_LINK';
    this.#status.className = meter || shared ? '' : 'screen-reader';
    this.#status.textContent = format.text(shared ? 'shared' : 'open') + (meter ? ` ${format.meter(meter)}.` : '');
    if (!this.#text?.checkVisibility()) this.notLoaded();
    else if (hadFocus) Object.assign(this.#text, {tabIndex: -1}).focus();
  }

  #showText() {
    this.#open = true;
    this.#wall = this.#wall?.remove();
    this.#hideText(false);
  }

  /** Gives the read back to the meter, for pages that could not load the text. */
  notLoaded() {
    return this.#call(`reads/${this.#idempotencyKey}/not-loaded`, {}).catch(() => {});
  }

  #deny(decision) {
    this.#status.textContent = '';
    const wall = this.#paywall(decision);
    if (!wall.isEqualNode(this.#wall)) { // an unchanged paywall keeps its focus
      this.#wall?.remove();
      this.shadowRoot.append(this.#wall = wall);
    }
    this.#checkIn(Math.max(Date.parse(decision.validUntil) - Date.parse(decision.asOf), 60_000));
  }

  #paywall({reason, billing, source, meter, offers}) {
    const format = formats(this);
    const cause = format.has(billing) ? billing : reason;
    const line = (part, text) => text ? [element('p', {part}, text)] : [];
    return element('section', {part: 'wall', lang: format.locale},
      ...line('source', source?.name),
      element('h2', {part: 'reason'}, format.text(cause, {source: source?.name})),
      ...line('explanation', format.explanation(cause, source)),
      ...line('meter', meter && format.meter(meter)),
      ...offers.filter(({href, kind}) => href && (reason !== 'PAYMENT_FAILED' || PAYMENT_KINDS.includes(kind)))
        .map((offer, index) => this.#offer(offer, format, index ? 'offer' : 'offer first')),
      ...line('wait', meter && offers.some(({kind}) => kind === 'WAIT') && format.reset(meter)));
  }

  /** Offers on pages are links. Offers on the API are buttons: the page handles them, or the account page opens. */
  #offer(offer, format, part) {
    const isCall = offer.href.startsWith('/v1/');
    const action = element(isCall ? 'button' : 'a', {part, href: new URL(offer.href, SERVICE)}, format.label(offer));
    if (isCall) action.onclick = () => this.#emit('offer', offer) && location.assign(`${SERVICE}/account`);
    return element('p', {}, action, ' ', element('span', {part: 'price'}, format.price(offer)));
  }

  #emit(name, detail) {
    return this.dispatchEvent(new CustomEvent(`gatefold:${name}`, {detail, bubbles: true, cancelable: true}));
  }
});
