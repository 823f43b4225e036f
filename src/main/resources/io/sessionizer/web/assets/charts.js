// Bar charts, drawn by Chart.js in the colours of the style sheet, and brought up to date in place.

import { tick } from './format.js';

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
const from = (name) => () => colour(name);

/**
 * A bar chart. Returns a function that shows other bars: objects with a `value`, and with what the shape asks of them.
 * The shape: `lies` (bars go from left to right), `isWhole` (no ticks between whole numbers), `leastTop` (the axis goes at least
 * that far), `tickUnit`, `valueTitle`, `everyNth` (which labels fit, for a width in px), and of a bar its `label`, the `title` and
 * `body` of its tip, and `colourOf`, the name of its colour.
 */
export function barChart(canvas, shape) {
  let bars = [];
  const chart = new globalThis.Chart(canvas, {
    type: 'bar',
    data: { labels: [], datasets: [{ data: [], ...paint(shape.colourOf, (at) => bars[at.dataIndex] ?? {}) }] },
    options: options(shape, (at) => bars[at]),
  });
  const recolour = () => chart.update('none');
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', recolour);
  return (given) => {
    if (JSON.stringify(given) === JSON.stringify(bars)) return;
    bars = given;
    chart.data.labels = bars.map(shape.label);
    chart.data.datasets[0].data = bars.map((bar) => bar.value);
    chart.update('none');
  };
}

/** A bar of a day that is not over is pale, and has an edge in its full colour. */
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
  const names = nameAxis(shape);
  return {
    indexAxis: shape.lies ? 'y' : 'x',
    scales: shape.lies ? { x: values, y: names } : { x: names, y: values },
    // Figures move while one watches: moving bars would only distract, and prefers-reduced-motion needs no case of its own.
    animation: false,
    maintainAspectRatio: false,
    events: ['mousemove', 'mouseout', 'click', 'touchstart', 'touchmove'],
    interaction: { mode: 'index', axis: shape.lies ? 'y' : 'x', intersect: false },
    datasets: { bar: { borderRadius: 3, maxBarThickness: 44, categoryPercentage: 0.9, barPercentage: 0.86 } },
    font: { family: getComputedStyle(document.body).fontFamily },
    plugins: {
      legend: { display: false },
      tooltip: tip(shape, barAt),
    },
  };
}

const tickFont = () => ({ size: 12, family: getComputedStyle(document.body).fontFamily });

function valueAxis(shape) {
  return {
    beginAtZero: true,
    suggestedMax: shape.leastTop,
    grid: { color: from('line'), drawTicks: false },
    border: { display: false },
    title: { display: Boolean(shape.valueTitle), text: shape.valueTitle, color: from('muted'), font: tickFont },
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

function nameAxis(shape) {
  return {
    grid: { display: false },
    border: { color: from('line') },
    afterBuildTicks: shape.everyNth && ((axis) => thin(axis, shape.everyNth(axis.chart.width))),
    ticks: { color: from('muted'), font: tickFont, autoSkip: false, maxRotation: 0, padding: 4 },
  };
}

/** Keeps each nth label, counted back from the last, which is today. */
function thin(axis, step) {
  const last = axis.ticks.length - 1;
  axis.ticks = axis.ticks.filter((_, at) => (last - at) % step === 0);
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
