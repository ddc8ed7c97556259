// What is wider than its box scrolls sideways inside it. The keyboard has to
// reach such a box, and a screen reader has to know what it is; boxes that do
// not scroll stay out of the way.
(() => {
  const kinds = [
    ['.formula', 'Formula'],
    ['.table-wrapper', 'Table'],
    ['pre', 'Code'],
    ['.drawing', 'Figure'],
  ];

  function update(box, kind) {
    const scrolls = box.scrollWidth > box.clientWidth;
    if (scrolls && box.tabIndex !== 0) {
      box.tabIndex = 0;
      box.setAttribute('role', 'group');
      box.setAttribute('aria-label', `${kind}, scrolls sideways`);
    } else if (!scrolls && box.tabIndex === 0) {
      ['tabindex', 'role', 'aria-label'].forEach((name) => box.removeAttribute(name));
    }
  }

  const seen = new Map();
  const watcher = new ResizeObserver((entries) => {
    entries.forEach(({ target }) => update(target, seen.get(target)));
  });
  for (const [selector, kind] of kinds) {
    for (const box of document.querySelectorAll(selector)) {
      seen.set(box, kind);
      watcher.observe(box);
    }
  }
  // Formulas get their width with their fonts.
  document.fonts.ready.then(() => seen.forEach((kind, box) => update(box, kind)));
})();
