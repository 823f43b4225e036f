// Functions that find and fill elements of the page. Text only: external data is never parsed as HTML.

export const byId = (id) => document.getElementById(id);

/** Writes only what differs, so that a refresh disturbs neither a selection nor a screen reader. */
export function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

export function element(name, { text, ...attributes } = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  made.append(...children);
  return made;
}

/** Makes links keep the chosen time zone, which is in the URL. */
export function keepZone(zone) {
  for (const link of document.querySelectorAll('a[data-keeps-zone]')) {
    const to = new URL(link.href);
    if (zone) to.searchParams.set('zone', zone);
    else to.searchParams.delete('zone');
    link.href = to.pathname + to.search;
  }
}

/**
 * Updates a table's body to show these rows: {key, cells: [{text, value}]}, the first cell being the row's heading.
 * Rows and cells are reused where possible. `value` is the exact value if the text is rounded.
 */
export function fillRows(body, rows) {
  while (body.rows.length > rows.length) body.deleteRow(-1);
  rows.forEach(({ key, cells }, at) => {
    const row = body.rows[at] ?? body.insertRow();
    if (row.dataset.key !== key) row.dataset.key = key;
    cells.forEach(({ text, value }, column) => {
      const cell = row.cells[column] ?? row.appendChild(cellFor(column));
      write(cell, text);
      if (value !== undefined && cell.dataset.value !== String(value)) cell.dataset.value = value;
    });
  });
}

function cellFor(column) {
  return column === 0 ? element('th', { scope: 'row' }) : element('td');
}
