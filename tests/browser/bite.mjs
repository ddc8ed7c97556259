// Whether the checks bite: a page with every fault, given to the same functions
// that every page of the book is given to, must come back with each of them.
import path from 'node:path';
import { htmlFaults, pageFaults } from './pages.mjs';
import { check, expect, serveStatic } from './site.mjs';

const BROKEN = path.join(import.meta.dirname, 'broken');

/** What is wrong in broken/index.html, by the words that must be told of it. */
const EXPECTED = {
  'an error on the console': 'console error: said on purpose',
  'an error of a script': 'script error: thrown on purpose',
  'a request to another server': 'request to elsewhere: http://elsewhere.invalid/picture.png',
  'letters too pale, light': 'light: color-contrast',
  'letters too pale, dark': 'dark: color-contrast',
  'a focus that cannot be seen': 'the focus cannot be seen on button Its focus cannot be seen',
  'a control that Tab does not reach': 'Tab does not reach: <button type="button" onfocus',
  'something wider than a phone': 'sticks out to 9',
  'a page that scrolls sideways': 'the page scrolls sideways',
  'HTML against the standard': 'index.html:23:',
};

export async function all(browser) {
  const server = await serveStatic(BROKEN, '/');
  let told = [];
  await check('bite: the broken page is read to its end', async () => {
    told = [...await htmlFaults(BROKEN, 'index.html'), ...await pageFaults(browser, server.url, 'index.html')];
  });
  for (const [fault, words] of Object.entries(EXPECTED)) {
    await check(`bite: ${fault}`, async () => {
      expect(told.some((line) => line.startsWith(words)), `“${words}” is not told: ${told.join(' | ')}`);
    });
  }
  server.stop();
}
