// Colours as the system has them, light, or dark: one button, three states.
(() => {
  const html = document.documentElement;
  const button = document.getElementById('colours-button');
  const word = document.getElementById('colours-word');
  const names = { system: 'as the system', light: 'light', dark: 'dark' };
  const next = { system: 'light', light: 'dark', dark: 'system' };
  const state = () => html.dataset.theme || 'system';

  function set(colours) {
    if (colours === 'system') {
      delete html.dataset.theme;
    } else {
      html.dataset.theme = colours;
    }
    try {
      localStorage.setItem('course-colours', colours);
    } catch {
      // Lasts for this page only.
    }
    show();
  }

  // On a phone the word is not shown, but a screen reader still hears it.
  function show() {
    word.textContent = names[state()];
    button.setAttribute('aria-label', `Colours: ${names[state()]}`);
    button.title = `Colours: ${names[state()]}`;
  }

  button.addEventListener('click', () => set(next[state()]));
  show();
})();
