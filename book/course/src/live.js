// Reloads the page when the server has rendered the book anew. The scroll
// position is the browser's business: it keeps it on a reload.
(() => {
  let seen = null;
  const news = new EventSource('/.course/events');
  news.onmessage = (event) => {
    if (seen !== null && seen !== event.data) {
      location.reload();
    }
    seen = event.data;
  };
  // An open connection would keep the page out of the back-forward cache.
  addEventListener('pagehide', () => news.close());
  addEventListener('pageshow', (event) => event.persisted && location.reload());
})();
