// Bar charts, drawn by Chart.js in the colours of the style sheet, and updated in place.

import { tick } from './format.js';
import { bands, colour, endLabels, from, tickFont } from './marks.js';

/** The style sheet has other colours for each of these. */
const MEDIA = ['(prefers-color-scheme: dark)', '(prefers-contrast: more)', '(forced-colors: active)', 'print'];

/**
 * A bar chart. Returns a function that shows other bars: objects with a `value` and the properties that the shape uses.
 * The shape has `isHorizontal` (bars go from left to right), `isWhole` (no ticks between whole numbers), `leastTop`
 * (the minimum end of the axis) and `tickUnit`. Its functions of a bar are `label` (for a chart's width in px),
 * `hasLabel`, `title` and `body` (of the tip), `colourOf` (the name of its colour), `bandOf` (the name of the colour
 * behind it, if any) and `endLabel` (the text at its end).
 */
export function barChart(canvas, shape) {
  let bars = [];
  const barAt = (at) => bars[at] ?? {};
  const chart = new globalThis.Chart(canvas, {
    type: 'bar',
    data: { labels: [], datasets: [{ data: [], ...paint(shape.colourOf, ({ dataIndex }) => barAt(dataIndex)) }] },
    options: options(shape, barAt),
    plugins: [shape.bandOf && bands(shape.bandOf, barAt), shape.endLabel && endLabels(shape.endLabel, barAt)].filter(Boolean),
  });
  for (const media of MEDIA) matchMedia(media).addEventListener('change', () => chart.update('none'));
  return (given) => {
    if (JSON.stringify(given) === JSON.stringify(bars)) return;
    bars = given;
    chart.data.labels = bars.map((_, at) => at);
    chart.data.datasets[0].data = bars.map((bar) => bar.value);
    chart.update('none');
  };
}

/** The bar for the current day is pale, with an edge in its full colour. */
function paint(colourOf, barOf) {
  return {
    backgroundColor: (at) => colour(`bar-${colourOf(barOf(at))}${barOf(at).isToday ? '-today' : ''}`),
    borderColor: (at) => colour(`bar-${colourOf(barOf(at))}`),
    borderWidth: (at) => (barOf(at).isToday ? 1.5 : 0),
    hoverBackgroundColor: (at) => colour(`bar-${colourOf(barOf(at))}`),
    hoverBorderColor: from('ink'),
    hoverBorderWidth: 1.5,
  };
}

function options(shape, barAt) {
  const values = valueAxis(shape);
  const names = nameAxis(shape, barAt);
  return {
    indexAxis: shape.isHorizontal ? 'y' : 'x',
    scales: shape.isHorizontal ? { x: values, y: names } : { x: names, y: values },
    // Figures change while the page is open: moving bars would distract, and prefers-reduced-motion needs no special case.
    animation: false,
    maintainAspectRatio: false,
    events: ['mousemove', 'mouseout', 'click', 'touchstart', 'touchmove'],
    interaction: { mode: 'index', axis: shape.isHorizontal ? 'y' : 'x', intersect: false },
    datasets: { bar: { borderRadius: 3, maxBarThickness: 44, categoryPercentage: 0.9, barPercentage: 0.86 } },
    layout: { padding: { right: shape.endLabel ? 96 : 0 } },
    plugins: {
      legend: { display: false },
      tooltip: tip(shape, barAt),
    },
  };
}

/** If each bar has its value at its end, an axis would repeat it. */
function valueAxis(shape) {
  return {
    display: !shape.endLabel,
    beginAtZero: true,
    suggestedMax: shape.leastTop,
    grid: { color: from('line'), drawTicks: false },
    border: { display: false },
    ticks: {
      color: from('muted'),
      font: tickFont,
      padding: 8,
      maxTicksLimit: 6,
      maxRotation: 0,
      precision: shape.isWhole ? 0 : undefined,
      callback: (value) => tick(value) + (shape.tickUnit ?? ''),
    },
  };
}

function nameAxis({ label, hasLabel }, barAt) {
  return {
    grid: { display: false },
    border: { color: from('line') },
    afterBuildTicks(axis) {
      if (hasLabel) axis.ticks = axis.ticks.filter(({ value }) => hasLabel(barAt(value)));
    },
    ticks: {
      color: from('muted'),
      font: tickFont,
      autoSkip: false,
      maxRotation: 0,
      padding: 4,
      callback(value) {
        return label(barAt(value), this.chart.width);
      },
    },
  };
}

function tip(shape, barAt) {
  const font = (weight) => () => ({ ...tickFont(), size: 13, weight });
  return {
    displayColors: false,
    padding: 10,
    cornerRadius: 6,
    caretSize: 0,
    caretPadding: 8,
    backgroundColor: from('tip'),
    titleColor: from('tip-ink'),
    bodyColor: from('tip-ink'),
    titleFont: font(600),
    bodyFont: font(400),
    callbacks: {
      title: ([{ dataIndex }]) => shape.title(barAt(dataIndex)),
      label: ({ dataIndex }) => shape.body(barAt(dataIndex)),
    },
  };
}
