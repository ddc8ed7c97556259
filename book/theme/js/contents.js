// The list of contents: a column on a desk (open unless the reader closed it), a
// sheet over the text on a phone (closed until asked for).
(() => {
  const html = document.documentElement;
  const button = document.getElementById('contents-button');
  const list = document.getElementById('contents');
  const desk = matchMedia('(min-width: 68rem)');
  const isOpen = () =>
    desk.matches ? html.dataset.contents !== 'closed' : html.dataset.contents === 'over';

  function set(open) {
    if (desk.matches) {
      html.dataset.contents = open ? 'open' : 'closed';
      try {
        localStorage.setItem('course-contents', html.dataset.contents);
      } catch {
        // Lasts for this page only.
      }
    } else {
      html.dataset.contents = open ? 'over' : '';
    }
    button.setAttribute('aria-expanded', String(isOpen()));
  }

  button.addEventListener('click', () => {
    set(!isOpen());
    if (!desk.matches && isOpen()) {
      list.querySelector('a')?.focus();
    }
  });
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !desk.matches && isOpen()) {
      set(false);
      button.focus();
    }
  });
  // A tap beside the sheet, or on a link to this very page, closes it.
  document.addEventListener('click', (event) => {
    if (desk.matches || !isOpen() || button.contains(event.target)) {
      return;
    }
    if (!list.contains(event.target) || event.target.closest('a')) {
      set(false);
    }
  });
  // So does walking out of it with Tab.
  list.addEventListener('focusout', (event) => {
    const to = event.relatedTarget;
    if (!desk.matches && isOpen() && to && !list.contains(to) && to !== button) {
      set(false);
    }
  });

  button.setAttribute('aria-expanded', String(isOpen()));
  desk.addEventListener('change', () => button.setAttribute('aria-expanded', String(isOpen())));
  // Bring the current page into view inside the list, without moving the page.
  const current = list.querySelector('[aria-current]');
  if (current && desk.matches) {
    list.scrollTop = current.offsetTop - list.clientHeight / 3;
  }
})();
