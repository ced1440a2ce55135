// Runs in the report. Whatever comes from a template is put into the page as text, never as markup.
(() => {
  const root = document.documentElement;
  const data = JSON.parse(document.getElementById('data').textContent);
  const PAGE = 50;
  const MOST_PRINTED = 500;
  const $ = (id) => document.getElementById(id);

  /** An element with attributes and children; texts become text. */
  function make(name, attributes = {}, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (value === undefined || value === false) continue;
      if (key === 'onclick') element.addEventListener('click', value);
      else element.setAttribute(key, value === true ? '' : String(value));
    }
    element.append(...children.filter((child) => child !== undefined));
    return element;
  }

  /** Words of ours, in which what stands between backquotes is code. */
  const prose = (text, attributes = {}) => {
    const parts = text.split('`');
    return make(
      'div',
      attributes,
      ...parts.map((part, index) => (index % 2 === 1 && index < parts.length - 1 ? make('code', {}, part) : part)),
    );
  };
  const isolated = (text) => make('bdi', {}, text);
  const shorten = (text, most) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);
  const grouped = (number) => number.toLocaleString('en-US');
  const inWords = (number, column) => {
    const [one, many = one] = data.words[column];
    return `${grouped(number)} ${number === 1 ? one : many}`;
  };

  // Results: [rule, column, resource, environment, detail, blocks], each an index into a list.
  const results = data.results.map(([rule, column, resource, environment, detail, blocks], index) => ({
    number: index + 1,
    rule: data.rules[rule],
    column: data.columns[column],
    rank: column,
    resource: resource < 0 ? undefined : data.resources[resource],
    environment: data.environments[environment],
    detail: detail < 0 ? undefined : data.details[detail],
    blocks: blocks === 1,
  }));
  const ordered = [...results].sort((a, b) => Number(b.blocks) - Number(a.blocks) || a.rank - b.rank || a.number - b.number);
  for (const result of results) {
    const { rule, resource, detail } = result;
    const problems = detail ? detail.findings.map((finding) => finding.problem).join(' ') : '';
    const place = resource ? `${resource.id} ${resource.type} ${resource.path} ${resource.template}` : '';
    result.text =
      `${rule.id} ${rule.slug} ${rule.title} ${place} ${result.environment} ${problems} ${detail?.source ?? ''}`.toLowerCase();
  }

  // ---- views
  const views = [...document.querySelectorAll('section.view')];
  const links = [...document.querySelectorAll('nav.views a')];
  root.classList.add('js');

  function show(id, focus) {
    for (const view of views) view.hidden = view.id !== id;
    for (const link of links) {
      if (link.hash === `#${id}`) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
    }
    if (id === 'results') render();
    if (focus) {
      const heading = document.querySelector(`#${id} h2`);
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
      window.scrollTo(0, 0);
    }
  }

  function follow(focus) {
    const [name, query = ''] = decodeURIComponent(location.hash.slice(1)).split('?');
    const target = name === '' ? views[0] : $(name);
    const view = target?.closest('section.view') ?? views[0];
    if (view.id === 'results') {
      const wanted = new URLSearchParams(query);
      filter = { ...NO_FILTER };
      for (const key of ['rule', 'control', 'criterion', 'verdict', 'number']) if (wanted.has(key)) filter[key] = wanted.get(key);
      page = 0;
      syncControls();
    }
    show(view.id, focus);
    if (target && target !== view) {
      for (let each = target; each; each = each.parentElement) if (each.tagName === 'DETAILS') each.open = true;
      target.scrollIntoView();
      (target.querySelector('summary') ?? target).focus({ preventScroll: true });
    }
  }

  // ---- filters of the results
  const NO_FILTER = { text: '', verdict: '', environment: '', rule: '', control: '', criterion: '', number: '' };
  let filter = { ...NO_FILTER };
  let page = 0;
  const search = $('search');
  const environmentSelect = $('environment');
  const toggles = [...document.querySelectorAll('.toggles button')];
  const body = $('result-rows');

  function matching() {
    const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
    const verdicts = filter.verdict === '' ? undefined : new Set(filter.verdict.split(','));
    return ordered.filter(
      (result) =>
        (verdicts === undefined || verdicts.has(result.column)) &&
        (filter.environment === '' || result.environment === filter.environment) &&
        (filter.rule === '' || result.rule.id === filter.rule) &&
        (filter.control === '' || result.rule.control === filter.control) &&
        (filter.criterion === '' || result.rule.criteria.includes(filter.criterion)) &&
        (filter.number === '' || String(result.number) === filter.number) &&
        words.every((word) => result.text.includes(word)),
    );
  }

  function syncControls() {
    search.value = filter.text;
    environmentSelect.value = filter.environment;
    const verdicts = filter.verdict === '' ? [] : filter.verdict.split(',');
    for (const toggle of toggles) toggle.setAttribute('aria-pressed', String(verdicts.includes(toggle.dataset.column)));
    const crumbs = ['rule', 'control', 'criterion', 'number'].filter((key) => filter[key] !== '');
    $('crumbs').replaceChildren(
      ...crumbs.map((key) =>
        make(
          'button',
          {
            type: 'button',
            'aria-label': `Remove the filter ${key} ${filter[key]}`,
            onclick: () => {
              change({ [key]: '' });
              search.focus();
            },
          },
          `${key === 'number' ? 'result' : key}: ${filter[key]} ×`,
        ),
      ),
    );
    $('clear').hidden = Object.values(filter).every((value) => value === '');
  }

  function change(part) {
    filter = { ...filter, ...part };
    page = 0;
    syncControls();
    render();
  }

  function render() {
    const found = matching();
    const pages = Math.max(1, Math.ceil(found.length / PAGE));
    page = Math.min(page, pages - 1);
    const first = page * PAGE;
    const shown = found.slice(first, first + PAGE);
    body.replaceChildren(...shown.map(row));
    if (shown.length === 0) body.append(make('tr', {}, make('td', { colspan: 4, class: 'empty' }, 'No result is like that.')));
    $('found').textContent =
      found.length === results.length
        ? `${grouped(found.length)} results`
        : `${grouped(found.length)} of ${grouped(results.length)} results`;
    $('page').textContent = `Page ${grouped(page + 1)} of ${grouped(pages)}`;
    $('previous').disabled = page === 0;
    $('next').disabled = page === pages - 1;
  }

  function row(result) {
    const { rule, resource } = result;
    const button = make(
      'button',
      { type: 'button', class: 'more', 'aria-expanded': 'false' },
      make('span', { class: 'mono' }, rule.id),
      ` ${rule.title}`,
    );
    const line = make(
      'tr',
      { 'data-number': result.number },
      make('td', {}, verdict(result)),
      make('td', {}, button),
      make(
        'td',
        {},
        resource
          ? make('div', { class: 'clamp' }, isolated(shorten(resource.path || resource.id, 200)))
          : make('div', { class: 'soft' }, 'The environment as a whole'),
        make(
          'div',
          { class: 'small soft clamp' },
          resource ? isolated(shorten(resource.type, 120)) : isolated(result.environment),
        ),
      ),
      make('td', { class: 'small soft criteria-cell' }, rule.criteria.join(', ')),
    );
    button.addEventListener('click', () => {
      const isOpen = button.getAttribute('aria-expanded') === 'true';
      button.setAttribute('aria-expanded', String(!isOpen));
      if (isOpen) line.nextSibling.remove();
      else line.after(make('tr', { class: 'detail' }, make('td', { colspan: 4 }, describe(result))));
    });
    return line;
  }

  function verdict({ column, blocks }) {
    return make(
      'span',
      { class: `verdict ${column}` },
      data.columnNames[column],
      blocks && column !== 'error' ? make('span', { class: 'blocks' }, ' (blocks)') : undefined,
    );
  }

  function describe({ rule, resource, environment, detail, number, column }) {
    const list = make('dl');
    const say = (term, ...content) => list.append(make('dt', {}, term), make('dd', {}, ...content));
    const text = (value) => make('div', { class: 'long' }, isolated(value));
    if (rule.rationale) say('Why it matters', prose(rule.rationale));
    for (const finding of detail?.findings ?? []) {
      const elsewhere = finding.logicalId ? ` (in ${finding.template} ${finding.logicalId})` : '';
      say('Problem', text(finding.problem + elsewhere));
      if (finding.path)
        say('Property', make('code', { class: 'long' }, isolated(finding.path + (finding.line ? `, line ${finding.line}` : ''))));
      say('Found', text(finding.found));
      say('Expected', prose(finding.expected, { class: 'long' }));
    }
    if (rule.remediation && column !== 'pass') say('What to change', prose(rule.remediation));
    for (const note of detail?.notes ?? [])
      say('Note', text(note.text + (note.logicalId ? ` (${note.template} ${note.logicalId})` : '')));
    if (detail?.exception) {
      const { state, reason, owner, ticket, expires, acknowledged } = detail.exception;
      say('Exception', `${state}: `, isolated(reason));
      const facts = [
        owner && `owner ${owner}`,
        ticket && `ticket ${ticket}`,
        expires && `until ${expires}`,
        acknowledged && `acknowledged as ${acknowledged.join(', ')}`,
      ];
      if (facts.some(Boolean)) say('', text(facts.filter(Boolean).join('; ')));
    }
    if (detail?.inherited) say('Provided by', text(`${detail.inherited.owner}: ${detail.inherited.pointer}`));
    if (resource) {
      say('Resource', text(resource.id));
      say('Type', isolated(resource.type));
      if (resource.path) say('Construct', text(resource.path));
      say('Template', text(resource.template));
    }
    if (detail?.source) say('Written at', text(detail.source));
    say('Environment', text(environment));
    say('Supports', `${rule.criteria.join(', ')}, through the control ${rule.control}`);
    say('Result', `number ${number} of the ledger`);
    return list;
  }

  // ---- the rules of a control, made when it is opened
  const rulesByControl = new Map();
  for (const rule of data.rules) {
    const found = rulesByControl.get(rule.control);
    if (found) found.push(rule);
    else rulesByControl.set(rule.control, [rule]);
  }
  const counts = new Map();
  for (const { rule, column } of results) {
    const found = counts.get(rule) ?? {};
    found[column] = (found[column] ?? 0) + 1;
    counts.set(rule, found);
  }

  function fill(details) {
    const place = details.querySelector(':scope > .inside > [data-rules]');
    if (!place || place.hasChildNodes()) return;
    const rules = (rulesByControl.get(place.dataset.rules) ?? []).filter((rule) => counts.has(rule));
    if (rules.length === 0) return;
    const idle = (rulesByControl.get(place.dataset.rules) ?? []).length - rules.length;
    place.append(
      make(
        'table',
        {},
        make('thead', {}, make('tr', {}, make('th', { scope: 'col' }, 'Rule'), make('th', { scope: 'col' }, 'Results'))),
        make(
          'tbody',
          {},
          ...rules.map((rule) =>
            make(
              'tr',
              {},
              make('td', {}, make('a', { href: `#results?rule=${rule.id}` }, rule.id), ` ${rule.title}`),
              make(
                'td',
                {},
                ...data.columns
                  .filter((column) => counts.get(rule)[column])
                  .flatMap((column, index) => [
                    index === 0 ? '' : ', ',
                    make('span', { class: column }, inWords(counts.get(rule)[column], column)),
                  ]),
              ),
            ),
          ),
        ),
      ),
      idle === 0 ? '' : make('p', { class: 'small soft' }, `${idle} more rules of this control judged nothing.`),
    );
  }

  document.addEventListener(
    'toggle',
    (event) => {
      if (event.target.open && event.target.matches('details.control')) fill(event.target);
    },
    true,
  );

  // ---- what people do
  for (const toggle of toggles)
    toggle.addEventListener('click', () => {
      const chosen = toggles.filter((each) => (each.getAttribute('aria-pressed') === 'true') !== (each === toggle));
      change({ verdict: chosen.map((each) => each.dataset.column).join(',') });
    });
  search.addEventListener('input', () => change({ text: search.value }));
  environmentSelect.addEventListener('change', () => change({ environment: environmentSelect.value }));
  $('clear').addEventListener('click', () => {
    change(NO_FILTER);
    search.focus();
  });
  const turn = (by) => {
    page += by;
    render();
    $('result-table').scrollIntoView({ block: 'start' });
  };
  $('previous').addEventListener('click', () => turn(-1));
  $('next').addEventListener('click', () => turn(1));

  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const isTyping = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
    if (event.key === '/' && !isTyping) {
      event.preventDefault();
      if ($('results').hidden) location.hash = '#results';
      requestAnimationFrame(() => search.focus());
    } else if (event.key === 'Escape' && event.target === search) {
      change({ text: '' });
    } else if (/^[1-9]$/.test(event.key) && !isTyping && links[Number(event.key) - 1]) {
      links[Number(event.key) - 1].click();
    }
  });

  const theme = $('theme');
  const stored = () => {
    try {
      return localStorage.getItem('theme');
    } catch {
      return null;
    }
  };
  const isDark = () =>
    root.dataset.theme ? root.dataset.theme === 'dark' : window.matchMedia('(prefers-color-scheme: dark)').matches;
  const label = () => {
    theme.textContent = isDark() ? 'Light' : 'Dark';
    theme.setAttribute('aria-label', isDark() ? 'Use light colours' : 'Use dark colours');
  };
  if (stored() === 'dark' || stored() === 'light') root.dataset.theme = stored();
  theme.addEventListener('click', () => {
    root.dataset.theme = isDark() ? 'light' : 'dark';
    try {
      localStorage.setItem('theme', root.dataset.theme);
    } catch {
      // A page that was opened from a file may not be allowed to keep anything.
    }
    label();
  });
  label();
  $('print').addEventListener('click', () => window.print());

  // Paper has no buttons: everything is opened, and of the results those are printed that a person has to look at.
  let before;
  window.addEventListener('beforeprint', () => {
    before = [...document.querySelectorAll('details')].filter((each) => !each.open);
    for (const details of before) {
      details.open = true;
      if (details.matches('details.control')) fill(details);
    }
    const open = ordered.filter(({ column }) => column !== 'pass' && column !== 'inherited');
    body.replaceChildren(
      ...open
        .slice(0, MOST_PRINTED)
        .flatMap((result) => [row(result), make('tr', { class: 'detail' }, make('td', { colspan: 4 }, describe(result)))]),
    );
    $('found').textContent =
      `${grouped(Math.min(open.length, MOST_PRINTED))} of ${grouped(results.length)} results: those that did not pass. All are in results.csv and control-matrix.xlsx.`;
  });
  window.addEventListener('afterprint', () => {
    for (const details of before ?? []) details.open = false;
    render();
  });

  window.addEventListener('hashchange', () => follow(true));
  follow(false);
  root.dataset.ready = 'true';
})();
