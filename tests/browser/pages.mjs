// What every page is checked for: valid HTML, axe in both themes, every control
// reached by keyboard, no sideways scrolling at phone width, no errors, no request
// to elsewhere.
import fs from 'node:fs';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { HtmlValidate, StaticConfigLoader } from 'html-validate';
import config from './.htmlvalidate.mjs';
import { everythingByKeyboard } from './keyboard.mjs';
import { check, openTab, report } from './site.mjs';

const DESK = { width: 1280, height: 900 };
const PHONE = { width: 360, height: 740 };
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What is wrong in a file by the HTML standard. */
export async function htmlFaults(folder, name) {
  const validator = new HtmlValidate(new StaticConfigLoader(config));
  const text = fs.readFileSync(path.join(folder, name), 'utf8');
  const { results } = await validator.validateString(text, name);
  return results.flatMap((result) => result.messages).map(
    (fault) => `${name}:${fault.line}:${fault.column} ${fault.ruleId}: ${fault.message}`,
  );
}

/** Every file against the HTML standard. */
export async function html(folder, names) {
  for (const name of names) {
    report(`html ${name}`, await htmlFaults(folder, name));
  }
}

/** What axe finds on the page as it stands; in the dark only what depends on colours. */
async function axe(tab, colours, faults) {
  await tab.emulateMedia({ colorScheme: colours });
  // A list of all that is in order would take half of the time, and so would a second tab
  // that puts the results of frames together: there are none.
  const page = new AxeBuilder({ page: tab }).options({ resultTypes: ['violations'] }).setLegacyMode();
  const rules = colours === 'light' ? page.withTags(WCAG) : page.withRules(['color-contrast']);
  const { violations } = await rules.analyze();
  for (const { id, help, nodes } of violations) {
    const first = nodes[0];
    faults.push(`${colours}: ${id} (${nodes.length}): ${help}\n${first.target} ${first.html.slice(0, 160)}\n${first.failureSummary}`);
  }
}

/** What makes the page scroll sideways at phone width. */
async function sticksOut(tab, faults) {
  await tab.setViewportSize(PHONE);
  await tab.evaluate(() => document.fonts.ready);
  faults.push(...await tab.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) {
      return [];
    }
    const clipped = (e) => e.closest('pre, .formula, .table-wrapper, .drawing, .katex-mathml, .skip, .contents');
    return [...document.querySelectorAll('main *')]
      .filter((e) => !clipped(e) && e.getBoundingClientRect().right > width + 1)
      .map((e) => `sticks out to ${Math.round(e.getBoundingClientRect().right)} px: ${e.outerHTML.slice(0, 120)}`)
      .concat(`the page scrolls sideways: ${document.documentElement.scrollWidth} px`)
      .slice(-4);
  }));
}

/** One page: axe in both themes and the keyboard at desk width, then phone width. */
export async function pageFaults(browser, url, name) {
  const faults = [];
  const tab = await openTab(browser, { viewport: DESK }, faults);
  await tab.goto(`${url}/${name}`);
  // What is folded is read too.
  await tab.evaluate(() => document.querySelectorAll('details').forEach((d) => (d.open = true)));
  await axe(tab, 'light', faults);
  await axe(tab, 'dark', faults);
  await everythingByKeyboard(tab, faults);
  await sticksOut(tab, faults);
  await tab.context().close();
  return faults;
}

/** Every page; `print.html`, which repeats them all, only for errors and requests. */
export async function each(browser, url, names) {
  const left = names.filter((name) => name !== 'print.html');
  const worker = async () => {
    for (let name = left.shift(); name; name = left.shift()) {
      await check(`page ${name}`, async (faults) => faults.push(...await pageFaults(browser, url, name)));
    }
  };
  await Promise.all([worker(), worker()]);
  await check('print.html loads without errors', async (faults) => {
    const tab = await openTab(browser, { viewport: DESK }, faults);
    await tab.goto(`${url}/print.html`);
    await tab.context().close();
  });
}
