// What charts take from the style sheet.

export const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

/** The same as a function, so that a chart reads it each time it draws. */
export const from = (name) => () => colour(name);

export const tickFont = () => ({ size: 12, family: getComputedStyle(document.body).fontFamily });
