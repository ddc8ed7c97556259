// Search through the whole book. The index and the library that reads it
// (elasticlunr, as mdBook writes them) are fetched when first asked for.
(() => {
  const dialog = document.getElementById('search');
  const button = document.getElementById('search-button');
  const input = document.getElementById('search-word');
  const status = document.getElementById('search-status');
  const found = document.getElementById('search-found');
  const { root, version } = document.documentElement.dataset;
  const MOST = 30; // results shown
  const AROUND = 90; // characters of text shown on each side of a hit
  let index = null;
  let loading = null;

  function load(file) {
    return new Promise((resolve, reject) => {
      const script = document.createElement('script');
      script.src = `${root}${file}?v=${version}`;
      script.onload = resolve;
      script.onerror = () => reject(new Error(`cannot load ${file}`));
      document.head.append(script);
    });
  }

  async function prepare() {
    window.search = window.search || {};
    await Promise.all([load('elasticlunr.min.js'), load('searchindex.js')]);
    index = window.elasticlunr.Index.load(window.search.index);
  }

  function open() {
    dialog.showModal();
    input.select();
    loading = loading || prepare().then(show, (error) => {
      status.textContent = `The search does not work: ${error.message}.`;
    });
  }

  // The text around the first hit, the hits marked; built from text nodes, so
  // that nothing in the book's text can act as markup.
  function teaser(body, words) {
    const lower = body.toLowerCase();
    const hits = words.map((word) => lower.indexOf(word)).filter((at) => at >= 0);
    const first = hits.length ? Math.min(...hits) : 0;
    const start = first > AROUND ? body.indexOf(' ', first - AROUND) + 1 : 0;
    const end = body.indexOf(' ', first + AROUND);
    const text = end < 0 ? body.slice(start) : body.slice(start, end);
    const line = document.createElement('span');
    line.className = 'teaser';
    const pattern = new RegExp(`(${words.map((w) => w.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})`, 'i');
    text.split(pattern).forEach((part, place) => {
      if (place % 2) {
        const mark = document.createElement('mark');
        mark.textContent = part;
        line.append(mark);
      } else {
        line.append(part);
      }
    });
    if (start > 0) {
      line.prepend('… ');
    }
    if (end >= 0) {
      line.append(' …');
    }
    return line;
  }

  function entry(result, words) {
    const link = document.createElement('a');
    link.href = root + window.search.doc_urls[result.ref];
    const where = document.createElement('span');
    where.className = 'where';
    // A page's first heading is its title once more.
    const parts = result.doc.breadcrumbs.split(' » ').filter((part, at, all) => part !== all[at - 1]);
    where.textContent = parts.join(' › ');
    link.append(where, teaser(result.doc.body, words));
    const item = document.createElement('li');
    item.append(link);
    return item;
  }

  function show() {
    const query = input.value.trim();
    found.replaceChildren();
    status.textContent = '';
    if (!index || !query) {
      return;
    }
    const words = query.toLowerCase().split(/\s+/);
    const results = index.search(query, window.search.search_options);
    found.append(...results.slice(0, MOST).map((result) => entry(result, words)));
    const more = results.length > MOST ? `, the first ${MOST} shown` : '';
    const places = results.length === 1 ? '1 place' : `${results.length || 'No'} places`;
    status.textContent = `${places} with “${query}”${more}`;
  }

  // Arrow keys walk through the results, as Tab does.
  dialog.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) {
      return;
    }
    event.preventDefault();
    const stops = [input, ...found.querySelectorAll('a')];
    const at = stops.indexOf(document.activeElement) + step;
    stops[Math.max(0, Math.min(at, stops.length - 1))].focus();
  });
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') {
      found.querySelector('a')?.click();
    }
  });
  input.addEventListener('input', show);
  button.addEventListener('click', open);
  document.getElementById('search-close').addEventListener('click', () => dialog.close());
  // A click on the backdrop counts as one on the dialog itself; a result on this
  // very page would leave the dialog open.
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog || event.target.closest('a')) {
      dialog.close();
    }
  });
  window.courseSearch = open;
})();
