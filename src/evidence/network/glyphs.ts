/** Small line drawings on a grid of 24 by 24, our own: SVG path data. */
export const GLYPHS = {
  globe: 'M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M3 12h18M12 3c3 3 3.6 6 3.6 9s-.6 6-3.6 9M12 3c-3 3-3.6 6-3.6 9s.6 6 3.6 9',
  cloud: 'M7 18h10a4 4 0 0 0 .6-7.95A6 6 0 0 0 6 9.5A4.3 4.3 0 0 0 7 18z',
  shield: 'M12 3l7 2.5v6c0 4.6-3 7.8-7 9.5c-4-1.7-7-4.9-7-9.5v-6zM9 12l2.2 2.2L15.4 10',
  gate: 'M4 20V8l8-4l8 4v12M9 20v-7h6v7M4 20h16',
  split: 'M4 12h5M9 12l5-6h6M9 12h11M9 12l5 6h6',
  out: 'M13 5H5v14h8M10 12h11M17 8l4 4l-4 4',
  box: 'M4 8l8-4l8 4v8l-8 4l-8-4zM4 8l8 4l8-4M12 12v8',
  server: 'M4 5h16v6H4zM4 13h16v6H4zM7.5 8h.01M7.5 16h.01',
  lambda: 'M7 4h3l8 16h-3L11 12l-5 8',
  flow: 'M3 5h6v5H3zM15 14h6v5h-6zM6 10v6h9M9 7.5h9V14',
  database:
    'M5 6c0-1.7 3.1-3 7-3s7 1.3 7 3s-3.1 3-7 3s-7-1.3-7-3zM5 6v12c0 1.7 3.1 3 7 3s7-1.3 7-3V6M5 12c0 1.7 3.1 3 7 3s7-1.3 7-3',
  bucket: 'M4 6h16l-2.2 14H6.2zM4 6c0-1.4 3.6-2.4 8-2.4S20 4.6 20 6',
  queue: 'M3 7h4v10H3zM10 7h4v10h-4zM17 7h4v10h-4z',
  search: 'M10.5 4a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13M15.3 15.3L21 21',
  files: 'M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6',
  archive: 'M3 5h18v4H3zM5 9v11h14V9M10 13h4',
  log: 'M5 3h14v18H5zM8 8h8M8 12h8M8 16h5',
  eye: 'M2.5 12c2.4-4.2 5.6-6.3 9.5-6.3s7.1 2.1 9.5 6.3c-2.4 4.2-5.6 6.3-9.5 6.3S4.900 16.200 2.500 12M12 9a3 3 0 1 0 0 6a3 3 0 1 0 0-6',
  bell: 'M6 17V11a6 6 0 0 1 12 0v6l1.500 1.500H4.500zM10 20.500h4',
  key: 'M8 9.500a4.500 4.500 0 1 0 0 9a4.500 4.500 0 1 0 0-9M11.300 11L20 3.500M16.500 6.500l3 3M14 8.700l2 2',
  people:
    'M9 4a3.500 3.500 0 1 0 0 7a3.500 3.500 0 1 0 0-7M2.500 20c0-4 3-6 6.500-6s6.500 2 6.500 6M16 5a3 3 0 0 1 0 6M18 14.500c2.300.7 3.600 2.600 3.600 5.500',
  account: 'M3 20V9l9-5l9 5v11zM9 20v-6h6v6',
} as const;

export type GlyphName = keyof typeof GLYPHS;
