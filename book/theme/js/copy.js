// A button that copies a block of code. What a program printed is not for copying.
(() => {
  if (!navigator.clipboard) {
    return;
  }
  for (const pre of document.querySelectorAll('pre:not(.output pre)')) {
    const box = document.createElement('div');
    box.className = 'copyable';
    pre.replaceWith(box);
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'copy';
    button.textContent = 'Copy';
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(pre.textContent.trimEnd() + '\n');
      button.textContent = 'Copied';
      setTimeout(() => (button.textContent = 'Copy'), 1500);
    });
    box.append(pre, button);
  }
})();
