// Tabs (loops | arrays, scratch | burn). The page holds all panels one below the
// other; here they get a row of buttons. The choice holds for every group with a
// tab of that title, on all pages.
(() => {
  const KEY = 'course-tab';
  const groups = [...document.querySelectorAll('.tabs')];

  function remembered() {
    try {
      return JSON.parse(localStorage.getItem(KEY)) || [];
    } catch {
      return [];
    }
  }

  // The titles chosen, latest first: a page may have groups with other titles.
  function remember(title) {
    try {
      const titles = [title, ...remembered().filter((other) => other !== title)];
      localStorage.setItem(KEY, JSON.stringify(titles.slice(0, 20)));
    } catch {
      // Lasts for this page only.
    }
  }

  function choose(group, title) {
    for (const tab of group.querySelectorAll(':scope > [role="tablist"] > [role="tab"]')) {
      const chosen = tab.textContent === title;
      tab.setAttribute('aria-selected', String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
      document.getElementById(tab.getAttribute('aria-controls')).hidden = !chosen;
    }
  }

  // The group under the reader's finger must not move when others change above it.
  function chooseEverywhere(group, title) {
    const before = group.getBoundingClientRect().top;
    groups.filter((other) => titles(other).includes(title)).forEach((other) => choose(other, title));
    scrollBy(0, group.getBoundingClientRect().top - before);
    remember(title);
  }

  const panels = (group) => [...group.querySelectorAll(':scope > .tab')];
  const titles = (group) => panels(group).map((panel) => panel.dataset.title);

  function upgrade(group) {
    const list = document.createElement('div');
    list.setAttribute('role', 'tablist');
    list.setAttribute('aria-label', 'Variants');
    for (const panel of panels(group)) {
      const tab = document.createElement('button');
      tab.type = 'button';
      tab.id = `${panel.id}-tab`;
      tab.textContent = panel.dataset.title;
      tab.setAttribute('role', 'tab');
      tab.setAttribute('aria-controls', panel.id);
      tab.addEventListener('click', () => chooseEverywhere(group, panel.dataset.title));
      list.append(tab);
      panel.setAttribute('role', 'tabpanel');
      panel.setAttribute('aria-labelledby', tab.id);
      panel.tabIndex = 0;
      panel.querySelector('.tab-title').style.display = 'none';
    }
    list.addEventListener('keydown', walk);
    group.prepend(list);
    const known = remembered().find((title) => titles(group).includes(title));
    choose(group, known || titles(group)[0]);
  }

  // Left, right, Home and End move between the tabs and choose.
  function walk(event) {
    const tabs = [...event.currentTarget.children];
    const at = tabs.indexOf(document.activeElement);
    const to = {
      ArrowLeft: (at - 1 + tabs.length) % tabs.length,
      ArrowRight: (at + 1) % tabs.length,
      Home: 0,
      End: tabs.length - 1,
    }[event.key];
    if (to === undefined) {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    tabs[to].click();
    tabs[to].focus();
  }

  groups.forEach(upgrade);
})();
