// How soon a project of 10,000 tasks is on the screen, and how evenly it scrolls. Needs a built interface and Chromium. One line of JSON:
// node bench/ui.ts
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { serveNode } from '../e2e/fixtures/node.ts';
import { seedLargeProject } from '../e2e/fixtures/seed.ts';

const TASKS = 10_000;
const ROUNDS = 9;
const SCROLL_FRAMES = 180;

const at = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return Number((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN).toFixed(1));
};

const dir = mkdtempSync(join(tmpdir(), 'jan-bench-'));
const projectId = await seedLargeProject(dir, TASKS);
const node = await serveNode(dir);
const browser = await chromium.launch({
  ...(process.env['JAN_CHROMIUM'] ? { executablePath: process.env['JAN_CHROMIUM'] } : {}),
  args: ['--no-sandbox', '--disable-quic', '--disable-background-networking', '--disable-component-update'],
});
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(node.signInUrl);
  await page.getByTestId('rail').waitFor();

  const opened: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    // A project that was never seen in this page: what a reload leaves is the slowest a person meets.
    await page.goto(`${node.url}/#/inbox`);
    await page.reload();
    await page.getByTestId('rail').waitFor();
    await page.waitForTimeout(800);
    opened.push(
      await page.evaluate(
        (id) =>
          new Promise<number>((resolve) => {
            const begun = performance.now();
            const look = (): void => {
              const shown = [...document.querySelectorAll('[data-testid="task-row"]')].some((row) =>
                row.textContent.includes('of many'),
              );
              // One more frame, so that the rows were painted and not only made.
              if (shown) requestAnimationFrame(() => resolve(performance.now() - begun));
              else requestAnimationFrame(look);
            };
            location.hash = `#/project/${id}`;
            requestAnimationFrame(look);
          }),
        projectId,
      ),
    );
  }

  const intervals = await page.getByTestId('task-list').evaluate(
    (list, frames) =>
      new Promise<number[]>((resolve) => {
        const found: number[] = [];
        let last = performance.now();
        const step = (now: number): void => {
          found.push(now - last);
          last = now;
          list.scrollTop += 400;
          if (found.length < frames) requestAnimationFrame(step);
          else resolve(found.slice(5));
        };
        requestAnimationFrame(step);
      }),
    SCROLL_FRAMES,
  );
  const frame = at(intervals, 0.5);
  const figures = {
    bench: 'ui',
    date: new Date().toISOString().slice(0, 10),
    machine: `${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}`,
    load: loadavg()[0],
    tasks: TASKS,
    openMs: { median: at(opened, 0.5), max: at(opened, 1) },
    scroll: {
      frameMs: { p50: frame, p95: at(intervals, 0.95), max: at(intervals, 1) },
      droppedPercent: Number(
        ((intervals.filter((interval) => interval > 1.5 * frame).length / intervals.length) * 100).toFixed(1),
      ),
    },
  };
  process.stdout.write(`${JSON.stringify(figures)}\n`);
} finally {
  await browser.close();
  await node.stop();
  rmSync(dir, { recursive: true, force: true });
}
