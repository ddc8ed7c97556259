// Keys for the whole page: / searches, ← and → turn the pages. None of them acts
// while something else uses the key.
(() => {
  const taken = 'input, select, textarea, [role="tab"], [contenteditable], dialog, .widget';

  // A box that scrolls sideways needs its arrow keys.
  function scrolls(element) {
    return element.closest('[tabindex="0"]')?.scrollWidth > element.closest('[tabindex="0"]')?.clientWidth;
  }

  document.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.defaultPrevented) {
      return;
    }
    if (event.target.closest?.(taken) || scrolls(event.target)) {
      return;
    }
    if (event.key === '/') {
      event.preventDefault();
      window.courseSearch();
    } else if (event.key === 'ArrowLeft') {
      document.querySelector('.turn .previous')?.click();
    } else if (event.key === 'ArrowRight') {
      document.querySelector('.turn .next')?.click();
    }
  });
})();
