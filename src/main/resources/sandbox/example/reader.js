// Code of the publisher's page: sets the reader's token, and listens to the events of the paywall element.
const wall = document.querySelector('gatefold-wall');
const at = (id) => document.getElementById(id);

for (const name of ['decision', 'offer', 'error']) {
  wall.addEventListener(`gatefold:${name}`, ({type, detail}) => {
    const text = detail instanceof Error ? detail.message : JSON.stringify(detail, null, 2);
    at('events').prepend(`${type}: ${text}\n\n`);
  });
}

at('reader').addEventListener('change', () => {
  wall.token = at('reader').value || null;
  reload();
});
at('article').addEventListener('change', reload);
at('language').addEventListener('change', () => {
  document.documentElement.lang = at('language').value;
  reload();
});

/** Requests a new decision, as a page load does. */
function reload() {
  wall.setAttribute('article', at('article').value);
}

at('reader').append(new Option('Visitor', ''));
const {readers} = await (await fetch('/dev/readers')).json();
at('reader').append(...readers.map(({name, about, token}) => new Option(`${name}, ${about}`, token)));
