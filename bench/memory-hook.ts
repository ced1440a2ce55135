import { writeFileSync } from 'node:fs';

process.on('exit', () => {
  writeFileSync(process.env.BENCH_NOTE!, String(process.resourceUsage().maxRSS));
});
