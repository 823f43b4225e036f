// A card of the board: one chart, and the same figures as a table.

import { barChart } from './charts.js';
import { byId, fillRows, write } from './dom.js';

/**
 * The card with this id. Returns functions that show its bars, the rows of its table, and a sentence that describes the
 * chart.
 */
export function chartCard(id, shape) {
  const card = byId(id);
  const toggle = card.querySelector('.toggle');
  const table = card.querySelector('.scroll');
  const plot = card.querySelector('.plot');
  const body = card.querySelector('tbody');
  const says = byId(`${id}-says`);

  function show(asTable) {
    toggle.setAttribute('aria-pressed', asTable);
    table.hidden = !asTable;
    plot.hidden = asTable;
  }
  toggle.addEventListener('click', () => show(table.hidden));

  // Without the chart library the table still shows everything.
  const draw = globalThis.Chart ? barChart(card.querySelector('canvas'), shape) : () => {};
  if (!globalThis.Chart) {
    show(true);
    toggle.hidden = true;
  }
  return (bars, rows, sentence) => {
    draw(bars);
    fillRows(body, rows);
    write(says, sentence);
  };
}
