// What a publisher's own page would do: hand over the reader's token, and hear what was decided.
const wall = document.querySelector('gatefold-wall');
const at = (id) => document.getElementById(id);

for (const what of ['decision', 'offer', 'error']) {
  wall.addEventListener(`gatefold:${what}`, ({type, detail}) => {
    const told = detail instanceof Error ? detail.message : JSON.stringify(detail, null, 2);
    at('told').prepend(`${type}: ${told}\n\n`);
  });
}

at('reader').addEventListener('change', () => {
  wall.token = at('reader').value || null;
  again();
});
at('article').addEventListener('change', again);
at('language').addEventListener('change', () => {
  document.documentElement.lang = at('language').value;
  again();
});

/** As if the page were loaded anew. */
function again() {
  wall.setAttribute('article', at('article').value);
}

at('reader').append(new Option('A visitor', ''));
const {readers} = await (await fetch('/dev/readers')).json();
at('reader').append(...readers.map(({name, about, token}) => new Option(`${name}, ${about}`, token)));
