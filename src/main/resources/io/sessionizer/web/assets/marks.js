// The parts of charts other than bars, and the colours and font of the style sheet that they use.

export const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

/** The same as a function, so that a chart reads it each time it draws. */
export const from = (name) => () => colour(name);

export const tickFont = () => ({ size: 12, family: getComputedStyle(document.body).fontFamily });

/** A band behind each bar for which `bandOf` names a colour. */
export const bands = (bandOf, barAt) => ({
  id: 'bands',
  beforeDraw({ ctx, chartArea: { top, bottom, width }, scales: { x: axis }, data: { labels } }) {
    const step = width / labels.length;
    labels.forEach((_, at) => {
      const name = bandOf(barAt(at));
      if (!name) return;
      ctx.fillStyle = colour(name);
      ctx.fillRect(axis.getPixelForValue(at) - step / 2, top, step, bottom - top);
    });
  },
});

/** A text at the end of each bar of a horizontal chart. */
export const endLabels = (labelOf, barAt) => ({
  id: 'end-labels',
  afterDatasetsDraw(chart) {
    const { ctx } = chart;
    const { size, family } = tickFont();
    ctx.save();
    ctx.font = `${size}px ${family}`;
    ctx.fillStyle = colour('muted');
    ctx.textBaseline = 'middle';
    chart.getDatasetMeta(0).data.forEach(({ x, y }, at) => ctx.fillText(labelOf(barAt(at)), x + 8, y));
    ctx.restore();
  },
});
