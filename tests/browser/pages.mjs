// What every page is checked for: valid HTML, axe in both themes, no sideways
// scrolling at phone width, no errors, no request to elsewhere.
import fs from 'node:fs';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { HtmlValidate, StaticConfigLoader } from 'html-validate';
import config from './.htmlvalidate.mjs';
import { check, openTab, report } from './site.mjs';

const DESK = { width: 1280, height: 900 };
const PHONE = { width: 360, height: 740 };
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Every file against the HTML standard. */
export async function html(folder, names) {
  const validator = new HtmlValidate(new StaticConfigLoader(config));
  for (const name of names) {
    const text = fs.readFileSync(path.join(folder, name), 'utf8');
    const { results } = await validator.validateString(text, name);
    const faults = results.flatMap((result) => result.messages).map(
      (fault) => `${name}:${fault.line}:${fault.column} ${fault.ruleId}: ${fault.message}`,
    );
    report(`html ${name}`, faults);
  }
}

/** One page at desk width in one theme. */
async function desk(browser, url, name, colorScheme) {
  await check(`axe ${colorScheme} ${name}`, async (faults) => {
    const tab = await openTab(browser, { viewport: DESK, colorScheme }, faults);
    await tab.goto(`${url}/${name}`);
    // What is folded is read too.
    await tab.evaluate(() => document.querySelectorAll('details').forEach((d) => (d.open = true)));
    const { violations } = await new AxeBuilder({ page: tab }).withTags(WCAG).analyze();
    for (const { id, help, nodes } of violations) {
      const first = nodes[0];
      faults.push(`${id} (${nodes.length}): ${help}\n${first.target} ${first.html.slice(0, 160)}\n${first.failureSummary}`);
    }
    await tab.context().close();
  });
}

/** One page at phone width: nothing sticks out. */
async function phone(browser, url, name) {
  await check(`phone ${name}`, async (faults) => {
    const tab = await openTab(browser, { viewport: PHONE, hasTouch: true, isMobile: true }, faults);
    await tab.goto(`${url}/${name}`);
    await tab.evaluate(() => document.querySelectorAll('details').forEach((d) => (d.open = true)));
    await tab.evaluate(() => document.fonts.ready);
    const wide = await tab.evaluate(() => {
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
    });
    faults.push(...wide);
    await tab.context().close();
  });
}

/** Every page; `print.html`, which repeats them all, only for errors and requests. */
export async function each(browser, url, names) {
  const jobs = names
    .filter((name) => name !== 'print.html' && name !== '404.html')
    .flatMap((name) => [
      () => desk(browser, url, name, 'light'),
      () => desk(browser, url, name, 'dark'),
      () => phone(browser, url, name),
    ]);
  const worker = async () => {
    for (let job = jobs.shift(); job; job = jobs.shift()) {
      await job();
    }
  };
  await Promise.all([worker(), worker()]);
  await check('print.html loads without errors', async (faults) => {
    const tab = await openTab(browser, { viewport: DESK }, faults);
    await tab.goto(`${url}/print.html`);
    await tab.context().close();
  });
}
