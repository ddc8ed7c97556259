// Runs before the page is drawn: the colours and the contents as the reader left
// them, without a flash. Storage may be forbidden; then the defaults hold.
(() => {
  const html = document.documentElement;
  html.classList.add('js');
  try {
    const colours = localStorage.getItem('course-colours');
    if (colours === 'light' || colours === 'dark') {
      html.dataset.theme = colours;
    }
    if (localStorage.getItem('course-contents') === 'closed') {
      html.dataset.contents = 'closed';
    }
    // So that the 404 page of a site in a sub-path can find its way home.
    localStorage.setItem('course-root', new URL(html.dataset.root || '.', location).pathname);
  } catch {
    // Nothing is remembered.
  }
})();
