// What the playbook takes out of meetings written by hand, with the model that comes with Jan. One line of JSON: node bench/meetings.ts
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { annotatedMeeting } from '../node-core/testing/annotated-meetings.ts';
import { meetingFigures, readMeeting } from '../node-core/testing/meeting-figures.ts';
import { openTestStore } from '../node-core/testing/open-test-store.ts';
import { builtInInference } from '../node-core/testing/test-inference.ts';

const READINGS = 30;

const { store, dir, dispose } = openTestStore();
const inference = builtInInference(() => store, join(dir, 'models'));
const groups = {
  // The rules were written with these in sight.
  seen: ['chatty', 'bullets', 'timestamps'],
  // Known by their figures alone.
  byFigures: ['berlin', 'nameless'],
  // Written when the rules were done.
  after: ['kitchen', 'studio'],
} as const;

const figures: Record<string, Awaited<ReturnType<typeof meetingFigures>>> = {};
for (const [group, names] of Object.entries(groups))
  figures[group] = await meetingFigures(names, (text) => readMeeting(store, inference, text));
const readings = new Map<string, number>();
const { text } = annotatedMeeting('chatty');
for (let at = 0; at < READINGS; at += 1) {
  const { actions, decisions } = await readMeeting(store, inference, text);
  const reading = JSON.stringify({ actions, decisions });
  readings.set(reading, (readings.get(reading) ?? 0) + 1);
}
await inference.stop();
dispose();

process.stdout.write(
  `${JSON.stringify({
    bench: 'meetings',
    date: new Date().toISOString().slice(0, 10),
    machine: { processor: cpus()[0]?.model, cores: cpus().length, load: loadavg()[0] },
    ...figures,
    // The same meeting again and again: how often it was read as it was read most often.
    again: { readings: READINGS, alike: Math.max(...readings.values()) },
  })}\n`,
);
