import type { Zone } from './kinds';

export const INK = '#1d2329';
export const SOFT = '#5b6670';
export const LINE = '#c9cfd2';
export const WHITE = '#ffffff';
export const ARROW = '#33566b';
export const OUTSIDE = '#b3261e';
export const GOOD = '#1c6b43';
export const CONCERN_COLOUR = '#b3261e';

/** How each part of the picture is called and coloured. */
export const ZONE_STYLES: Readonly<
  Record<
    Zone,
    { readonly title: string; readonly note: string; readonly fill: string; readonly stroke: string; readonly accent: string }
  >
> = {
  edge: { title: 'At the edge', note: 'What the internet meets first', fill: '#f6f1fb', stroke: '#d9c9ea', accent: '#6b4a8c' },
  entry: { title: 'Public part', note: 'Can be reached from outside', fill: '#fdf4e6', stroke: '#efd6a6', accent: '#8a5300' },
  app: { title: 'Application', note: 'No way in but what arrows show', fill: '#eaf3fb', stroke: '#bcd7ee', accent: '#2b618f' },
  data: { title: 'Data', note: 'No way in but what arrows show', fill: '#eaf6ef', stroke: '#b9dfc8', accent: '#1c6b43' },
  serverless: {
    title: 'Application',
    note: 'Run by AWS, no network of its own',
    fill: '#eaf3fb',
    stroke: '#bcd7ee',
    accent: '#2b618f',
  },
  store: { title: 'Storage', note: 'Kept by AWS, by permission only', fill: '#eaf6ef', stroke: '#b9dfc8', accent: '#1c6b43' },
};

/** What is outside of the account. */
export const INTERNET_STYLE = { fill: '#fdeeee', stroke: '#e9bdbd', accent: OUTSIDE };
