import { initWasm, Resvg } from '@resvg/resvg-wasm';
import { asset } from '../assets';
import { fontFile } from '../fonts/fonts';
import { fontsFor } from '../fonts/runs';

let ready: Promise<void> | undefined;

/** A picture as PNG, twice as large; its letters come with this library, so that it is the same on every machine. */
export async function pngOf(svg: string, scale = 2): Promise<Uint8Array> {
  ready ??= initWasm(asset('resvg.wasm') as unknown as ArrayBuffer);
  await ready;
  const image = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: scale },
    font: {
      fontBuffers: fontsFor(svg).map(fontFile),
      loadSystemFonts: false,
      defaultFontFamily: 'DejaVu Sans',
    },
  });
  try {
    return image.render().asPng();
  } finally {
    image.free();
  }
}
