// Going through a page with the Tab key alone.

/** A short name of what has the focus. */
export const focused = (tab) =>
  tab.evaluate(() => {
    const e = document.activeElement;
    return `${e.tagName.toLowerCase()}${e.id && `#${e.id}`} ${e.textContent.trim().slice(0, 40)}`;
  });

/** Tabs through the page; every control that can be seen must get the focus, visibly. */
export async function everythingByKeyboard(tab, faults) {
  const total = await tab.evaluate(() => {
    const controls = document.querySelectorAll('a[href], button, summary, input, [tabindex="0"]');
    const seen = [...controls].filter((e) => e.tabIndex >= 0 && e.checkVisibility());
    seen.forEach((e, place) => (e.dataset.stop = place));
    return seen.length;
  });
  const reached = new Set();
  for (let presses = 0; presses < total + 5; presses += 1) {
    await tab.keyboard.press('Tab');
    const [stop, visible] = await tab.evaluate(() => {
      const e = document.activeElement;
      return [e.dataset.stop, getComputedStyle(e).outlineStyle !== 'none'];
    });
    if (stop === undefined) {
      continue;
    }
    reached.add(stop);
    if (!visible) {
      faults.push(`the focus cannot be seen on ${await focused(tab)}`);
    }
  }
  const missed = await tab.evaluate(
    (got) => [...document.querySelectorAll('[data-stop]')]
      .filter((e) => !got.includes(e.dataset.stop))
      .map((e) => e.outerHTML.slice(0, 100)),
    [...reached],
  );
  faults.push(...missed.map((control) => `Tab does not reach: ${control}`));
}
