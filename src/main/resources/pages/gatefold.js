/** <gatefold-wall> asks if the reader may see the text, and goes or says why not. If it fails, it goes. */
const SERVICE = new URL(import.meta.url).origin;

const TEXTS = {
  SIGN_UP_REQUIRED: ['Sign up to read on.', 'Zum Weiterlesen bitte registrieren.'],
  METER_EXHAUSTED: ['You have read your free articles.', 'Sie haben Ihre freien Artikel gelesen.'],
  MEMBERSHIP_REQUIRED: ['This article is for members.', 'Dieser Artikel ist für Mitglieder.'],
  TRIAL_ENDED: ['Your free days are over.', 'Ihre kostenlosen Tage sind vorbei.'],
  MEMBERSHIP_ENDED: ['Your membership has ended.', 'Ihre Mitgliedschaft ist zu Ende.'],
  PAYMENT_FAILED: ['Your last payment did not go through.', 'Ihre letzte Zahlung ist nicht angekommen.'],
  NOT_IN_PLAN: ['Your plan does not include this title.', 'Ihr Tarif umfasst diesen Titel nicht.'],
  EMBARGOED: ['For now, this article is for members.', 'Vorerst ist dieser Artikel für Mitglieder.'],
  TERRITORY: ['This article is not shown in your country.', 'Dieser Artikel wird in Ihrem Land nicht gezeigt.'],
  SOURCE_UNKNOWN: ['This article is not available here.', 'Dieser Artikel ist hier nicht verfügbar.'],
  open: ['The article is open.', 'Der Artikel ist offen.'],
  meter: ['{} of {} free {}', '{} von {} frei {}'],
  DAY: ['today', 'heute'],
  WEEK: ['this week', 'in dieser Woche'],
  MONTH: ['this month', 'in diesem Monat'],
  WAIT: ['Free again from {}.', 'Wieder frei ab {}.'],
  SIGN_UP: ['Sign up', 'Registrieren'],
  SIGN_IN: ['Sign in', 'Anmelden'],
  START_TRIAL: ['Start {} free', '{} kostenlos lesen'],
  SUBSCRIBE: ['Become a member', 'Mitglied werden'],
  RESUBSCRIBE: ['Become a member again', 'Wieder Mitglied werden'],
  UPDATE_PAYMENT: ['Update payment', 'Zahlung aktualisieren'],
  UPGRADE: ['Change your plan', 'Tarif wechseln'],
  perMONTH: ['{} a month', '{} im Monat'],
  perYEAR: ['{} a year', '{} im Jahr'],
  then: ['{} free, then {}', '{} kostenlos, dann {}'],
};

const style = new CSSStyleSheet();
style.replaceSync(`
  :host { display: block; --a: var(--gatefold-accent, light-dark(#1f3a5f, #a9c6ea));
    --p: var(--gatefold-paper, light-dark(#fff, #1d1c1a)) }
  section { padding: 1em; color: var(--gatefold-ink, light-dark(#222, #eee)); background: var(--p); overflow-wrap: anywhere }
  h2 { font-size: 1.3em; margin: 0 }
  a, button { display: inline-block; padding: .6em 1em; font: inherit; text-decoration: none; color: var(--a); background: none }
  section, a, button { border: 1px solid; border-radius: .5em }
  [part~=first] { color: var(--p); background: var(--a) }
  .quiet { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
`);

let visitor;
try { visitor = localStorage.gatefoldVisitor; } catch {} // nothing is kept

const given = (object) => Object.entries(object).filter(([, value]) => value);
const element = (name, properties, ...children) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
};

/** In the language of the page, or in English. */
const speaker = (wall) => {
  const [locale] = /^(de|en)(-[a-z]{2})?\b/i.exec(wall.closest('[lang]')?.lang) ?? ['en'];
  const language = /^de/i.test(locale) ? 1 : 0;
  const say = (name, ...values) => (TEXTS[name] ?? TEXTS.SOURCE_UNKNOWN)[language].replaceAll('{}', () => values.shift());
  const number = (options) => new Intl.NumberFormat(locale, options);
  const days = (count) => number({style: 'unit', unit: 'day', unitDisplay: 'long'}).format(count);
  return {
    locale, say,
    meter: ({used, limit, period}) => say('meter', used, limit, say({7: 'MONTH', 8: 'WEEK'}[period.length] ?? 'DAY')),
    wait: ({resetsAt}) => say('WAIT', new Date(resetsAt).toLocaleString(locale, {dateStyle: 'long', timeStyle: 'short'})),
    offer: ({kind, trialDays}) => say(kind, days(trialDays)),
    price({price, interval, trialDays}) {
      if (!price) return '';
      const money = number({style: 'currency', currency: price.currency});
      const amount = price.amount / 10 ** money.resolvedOptions().maximumFractionDigits;
      const each = say(`per${interval}`, money.format(amount));
      return trialDays ? say('then', days(trialDays), each) : each;
    },
  };
};

customElements.define('gatefold-wall', class extends HTMLElement {
  static observedAttributes = ['article', 'source', 'section', 'published-at', 'for', 'token', 'visitor'];

  #status = element('p', {role: 'status', part: 'status'});
  #wall; #text; #key; #open; #token; #timer; #turn;

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
    if (Object.hasOwn(this, 'token')) { // set before we came
      this.#token = this.token;
      delete this.token;
    }
    this.attributeChangedCallback();
  }

  disconnectedCallback() {
    this.#turn = clearTimeout(this.#timer);
  }

  /** Who reads does not matter once the text is open. */
  attributeChangedCallback(name) {
    if (!/token|visitor/.test(name)) this.#key = this.#open = undefined;
    if (this.isConnected && !this.#open) this.#in(0);
  }

  #in(time) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (time && document.hidden) document.addEventListener('visibilitychange', () => this.#in(1), {once: true});
      else if (this.isConnected) this.#ask();
    }, time);
  }

  async #ask() {
    const turn = this.#turn = {};
    try {
      this.#key ??= crypto.getRandomValues(new BigUint64Array(2)).join('-');
      const selector = this.getAttribute('for');
      this.#text = selector ? document.querySelector(selector) : this.nextElementSibling;
      this.#hide(true);
      const article = this.#article;
      let decision = await this.#call(`access?${new URLSearchParams(given(article))}`);
      if (decision.granted && turn === this.#turn) decision = await this.#call('reads', article);
      if (turn !== this.#turn) return;
      decision.granted ? this.#reveal(decision) : this.#deny(decision);
      this.#tell('decision', decision);
    } catch (error) {
      if (turn !== this.#turn) return;
      this.#giveWay();
      this.#tell('error', error);
    }
  }

  get #article() {
    const by = (name) => this.getAttribute(name) || null;
    const source = by('source');
    return {[source ? 'article' : 'url']: by('article'), source, section: by('section'), publishedAt: by('published-at')};
  }

  async #call(path, body, fresh) {
    const headers = given({
      Authorization: this.token && `Bearer ${this.token}`,
      'X-Visitor': this.getAttribute('visitor') ?? visitor,
      'X-Share': new URLSearchParams(location.hash.slice(1)).get('share'),
      ...body && {'Content-Type': 'application/json', 'Idempotency-Key': this.#key},
    });
    const options = {headers, method: body ? 'POST' : 'GET', body: JSON.stringify(body), cache: 'no-cache'};
    const answer = await fetch(`${SERVICE}/v1/${path}`, {...options, signal: AbortSignal.timeout(8000)});
    const said = await answer.json();
    if (answer.ok) return said;
    if (fresh || !/^visitor-/.test(said.code)) throw new Error(said.detail);
    visitor = null; // the meter asks for somebody
    visitor = (await this.#call('visitors', {})).token;
    try { localStorage.gatefoldVisitor = visitor; } catch {}
    return this.#call(path, body, true);
  }

  #hide(hidden) {
    if (this.#text) this.#text.style.display = (this.#text.hidden = hidden) ? 'none' : '';
  }

  #reveal({meter}) {
    const said = speaker(this);
    const focused = this.shadowRoot.activeElement;
    this.#giveWay();
    this.#status.lang = said.locale;
    this.#status.className = meter ? '' : 'quiet';
    this.#status.textContent = [said.say('open'), meter && said.meter(meter)].join(' ');
    if (!this.#text?.checkVisibility()) this.notLoaded();
    else if (focused) Object.assign(this.#text, {tabIndex: -1}).focus();
  }

  #giveWay() {
    this.#open = true;
    this.#wall = this.#wall?.remove();
    this.#hide(false);
  }

  /** For pages that fetch the text then, and get none. */
  notLoaded() {
    return this.#call(`reads/${this.#key}/not-loaded`, {}).catch(() => {});
  }

  #deny(decision) {
    this.#status.textContent = '';
    const wall = this.#face(decision);
    if (!wall.isEqualNode(this.#wall)) { // nobody is disturbed for nothing
      this.#wall?.remove();
      this.shadowRoot.append(this.#wall = wall);
    }
    this.#in(Math.max(Date.parse(decision.validUntil) - Date.parse(decision.asOf), 60_000));
  }

  #face({reason, source, meter, offers}) {
    const said = speaker(this);
    const line = (part, text) => text ? [element('p', {part}, text)] : [];
    return element('section', {part: 'wall', lang: said.locale},
      ...line('source', source?.name),
      element('h2', {part: 'reason'}, said.say(reason)),
      ...line('meter', meter && said.meter(meter)),
      ...offers.filter(({href, kind}) => href && (reason !== 'PAYMENT_FAILED' || kind === 'UPDATE_PAYMENT'))
        .map((offer, index) => this.#offer(offer, said, index ? 'offer' : 'offer first')),
      ...line('wait', meter && offers.some(({kind}) => kind === 'WAIT') && said.wait(meter)));
  }

  /** Pages are linked to; calls are the page's to make, or ours. */
  #offer(offer, said, part) {
    const call = offer.href.startsWith('/v1/');
    const made = element(call ? 'button' : 'a', {part, href: new URL(offer.href, SERVICE)}, said.offer(offer));
    if (call) made.onclick = () => this.#tell('offer', offer) && location.assign(`${SERVICE}/account`);
    return element('p', {}, made, ' ', element('span', {part: 'price'}, said.price(offer)));
  }

  #tell(what, detail) {
    return this.dispatchEvent(new CustomEvent(`gatefold:${what}`, {detail, bubbles: true, cancelable: true}));
  }
});
