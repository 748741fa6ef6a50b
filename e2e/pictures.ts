// `npm run pictures`: the screenshots of the README, of the real interface with the real model at work.
// `npm run pictures -- --every`: every view, empty and full, in two sizes and both schemes, into .cache/pictures.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright';
import { today } from '../app/renderer/days.ts';
import { rested } from './fixtures/accessibility.ts';
import { connect } from './fixtures/api.ts';
import { shootEveryView } from './fixtures/every-view.ts';
import { discard, root, serveNode } from './fixtures/node.ts';
import { appPage } from './pages/app-page.ts';

const folder = join(root, 'docs', 'images');
mkdirSync(folder, { recursive: true });
const transcript = `Greenhouse committee, monthly meeting
Marta: Shall we begin? First the roof, two panes broke in the storm.
Ines: I measured them, they are a standard size.
Marta: Ines, can you order the panes by Thursday?
Ines: Thursday is fine.
Joel: The gutter is full of leaves. I'll clean it on Saturday.
Marta: Good. We move the harvest market to the first Sunday in October. Everybody fine with that?
Ines: Yes.
Joel: Agreed. I will ask the parish about ten tables by the end of the month.
Marta: Lovely, then that is everything.
`;

const shoot = async (page: Page, name: string): Promise<void> => {
  await rested(page);
  await page.screenshot({ path: join(folder, `${name}.png`) });
  console.log(`docs/images/${name}.png`);
};

const shootReadme = async (browser: Browser): Promise<void> => {
  const node = await serveNode();
  const { api, close } = connect(node);
  try {
    const page = await browser.newPage({
      viewport: { width: 1280, height: 800 },
      colorScheme: 'light',
      locale: 'en-GB',
    });
    const ui = appPage(page);
    await page.goto(node.signInUrl);
    await page.getByTestId('rail').waitFor();
    for (const text of [
      'Send the contract to Ana tomorrow 15:00 !1 #legal',
      'Water the plants every other friday',
      'Book the train to Basel #travel',
    ]) {
      await api.quickAdd.save({ text });
    }
    await ui.quickAdd.fill('Call the venue on friday 10:00 #launch !2 +Party');
    await page.locator('[data-chip]').nth(3).waitFor();
    await shoot(page, 'quick-add');

    // Other work first, so that the page is there before the plan's first step.
    const before = await api.runs.start({ skill: 'extract', transcript: transcript.repeat(8), date: today() });
    await ui.quickAdd.fill('Plan Q2 product launch by June 30 #marketing');
    const decided = page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          new MutationObserver((_, observer) => {
            if (document.querySelectorAll('[data-testid="step-preview"] li').length < 3) return;
            observer.disconnect();
            resolve();
          }).observe(document.body, { subtree: true, childList: true });
        }),
    );
    await ui.quickAdd.press('Control+Enter');
    await decided;
    // The model is faster than the camera: the node holds its breath.
    process.kill(node.pid, 'SIGSTOP');
    await shoot(page, 'agent-at-work');
    process.kill(node.pid, 'SIGCONT');
    await page.getByTestId('run-result').waitFor();
    await page.getByRole('button', { name: 'Open project' }).click();
    await page.getByTestId('task-row').nth(1).click();
    await ui.detail.waitFor();
    await shoot(page, 'project');

    await api.runs.undo({ id: before.id });
    const run = await api.runs.start({ skill: 'extract', transcript, date: today() });
    await ui.go(`run/${run.id}`);
    await page.getByTestId('run-result').waitFor();
    await shoot(page, 'transcript');

    await ui.go('models');
    await page.getByTestId('library-row').first().waitFor();
    await page.locator('#library').evaluate((heading) => heading.scrollIntoView());
    await shoot(page, 'models');

    await ui.go('playbook/product-launch');
    await page.getByRole('textbox', { name: 'Product' }).fill('A coffee subscription: fresh beans by mail, each month');
    await page.getByTestId('plan-node').first().waitFor();
    await shoot(page, 'playbook');

    await page.emulateMedia({ colorScheme: 'dark' });
    const [first] = await api.runs.list({});
    const [plan] = (await api.runs.list({})).filter(({ skill }) => skill === 'plan');
    if (plan?.result?.skill === 'plan') await ui.go(`note/${plan.result.noteId}`);
    else await ui.go(`run/${first?.id ?? ''}`);
    await shoot(page, 'note-dark');
  } finally {
    close();
    await node.stop();
    discard(node);
  }
};

const browser = await chromium.launch({
  ...(process.env['JAN_CHROMIUM'] ? { executablePath: process.env['JAN_CHROMIUM'] } : {}),
  args: ['--no-sandbox'],
});
try {
  if (process.argv.includes('--every')) await shootEveryView(browser, join(root, '.cache', 'pictures'));
  else await shootReadme(browser);
} finally {
  await browser.close();
}
