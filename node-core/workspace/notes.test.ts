import { Buffer } from 'node:buffer';

import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '../common/index.ts';
import { AppError, type Note } from '../contract/index.ts';
import { apiCall, openTestWorkspace, userCall } from '../testing/open-test-workspace.ts';
import { ATTACHMENT_LIMIT, displayName } from './attachments.ts';
import { createWorkspace } from './index.ts';
import { VERSION_INTERVAL } from './note-versions.ts';
import { saveNote } from './notes.ts';

let space: ReturnType<typeof openTestWorkspace>;
beforeEach(() => {
  space = openTestWorkspace();
});
afterEach(() => space.dispose());

const create = async (text: string, projectId?: string): Promise<Note> =>
  space.notes.create({ text, ...(projectId ? { projectId } : {}) }, userCall);
const save = async (note: Pick<Note, 'id' | 'revision'>, text: string, call = userCall): Promise<Note> =>
  space.notes.save({ id: note.id, text, revision: note.revision }, call);
const byAgent = (id: string, text: string, runId = newId()): Note =>
  space.store.transact({ actor: 'agent', label: 'Rewrite', runId }, (tx) =>
    saveNote({ store: space.store, tx, now: space.clock.now(), runId }, id, text),
  );
const texts = async (id: string): Promise<string[]> => {
  const versions = await space.notes.versions({ id }, userCall);
  return Promise.all(
    versions.map(async ({ revision }) => (await space.notes.version({ id, revision }, userCall)).text),
  );
};
const refusal = (code: string, message: string) =>
  expect.objectContaining({ code, message: expect.stringContaining(message) });

describe('the text', () => {
  test.each([
    ['carriage returns', '# A\r\n\r\nb\r\n'],
    ['mixed line ends', 'a\nb\r\nc\rd'],
    ['spaces at line ends', 'a  \n\n\n   \n'],
    ['no final line end', 'a'],
    ['many final line ends', 'a\n\n\n\n'],
    ['a byte order mark', '\ufeff# A'],
    ['tabs and odd spaces', '\ta\u00a0b\u200bc\u2028d'],
    ['composed and decomposed letters', 'é e\u0301 Å A\u030a ﬀ'],
    ['right to left', 'مرحبا \u202e txt'],
    ['HTML', '<script>alert(1)</script><img src=x onerror=alert(1)>'],
    ['control characters', 'a\u0001b\u001bc\u007f'],
    ['nothing', ''],
  ])('with %s comes back as it was', async (_, text) => {
    const note = await create(text);
    expect((await space.notes.get({ id: note.id }, userCall)).text).toBe(text);
    const saved = await save(note, `${text}\r\n`);
    expect((await space.notes.get({ id: note.id }, userCall)).text).toBe(`${text}\r\n`);
    expect(saved.revision).toBe(2);
  });

  test('of any kind comes back byte for byte', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 300 }), async (text) => {
        if (text.includes('\0') || !text.isWellFormed()) {
          await expect(create(text)).rejects.toThrow(refusal('INPUT_NOT_TEXT', 'Nothing was saved'));
          return;
        }
        const note = await create(text);
        expect(Buffer.from((await space.notes.get({ id: note.id }, userCall)).text)).toEqual(Buffer.from(text));
      }),
      { numRuns: 200 },
    );
  });

  test('that is no text is refused, and the one before stays', async () => {
    const note = await create('good');
    await expect(save(note, 'GIF89a\0\0')).rejects.toThrow(refusal('INPUT_NOT_TEXT', 'NUL'));
    await expect(save(note, 'half \ud83d')).rejects.toThrow(refusal('INPUT_NOT_TEXT', 'surrogate'));
    expect(await space.notes.get({ id: note.id }, userCall)).toEqual(note);
  });

  test('decides title, tags and links anew at every save', async () => {
    const note = await create('# Old #one\n');
    expect(note).toMatchObject({ title: 'Old #one', tags: ['one'] });
    expect(await save(note, '# New\n\n#Two and [[Old]]')).toMatchObject({ title: 'New', tags: ['two'] });
    expect(await space.tags.list(undefined, userCall)).toEqual([{ tag: 'two', count: 1 }]);
  });

  test('saved again, because the answer was lost, is no conflict with itself', async () => {
    const first = await create('first');
    const second = await save(first, 'second');
    expect(await save(first, 'second')).toEqual(second);
    await expect(save(first, 'third')).rejects.toThrow(refusal('CONFLICT', 'changed elsewhere'));
  });

  test('saved unchanged is no new revision and no step of history', async () => {
    const note = await create('a');
    expect(await save(note, 'a')).toEqual(note);
    expect(await space.history.list({}, userCall)).toHaveLength(1);
  });
});

describe('two editors', () => {
  test('the later one is told, with the note as it is now, and nothing is lost', async () => {
    const note = await create('start');
    const first = await save(note, 'first');
    await expect(save(note, 'second')).rejects.toThrow(
      expect.objectContaining({ code: 'CONFLICT', data: { note: first } }),
    );
    expect((await space.notes.get({ id: note.id }, userCall)).text).toBe('first');
  });
  test('undo is a change that an editor notices', async () => {
    const note = await create('start');
    const first = await save(note, 'first');
    await space.history.undo({}, userCall);
    await expect(save(first, 'second')).rejects.toThrow(refusal('CONFLICT', 'changed elsewhere'));
    expect((await space.notes.get({ id: note.id }, userCall)).text).toBe('start');
  });
});

describe('versions', () => {
  test('one hand writing on is one version in ten minutes; the first and the last stay', async () => {
    let note = await create('v0');
    for (let save_ = 1; save_ <= 30; save_ += 1) {
      space.clock.advance(60_000);
      note = await save(note, `v${save_}`);
    }
    const kept = (await texts(note.id)).toReversed();
    expect(kept.at(0)).toBe('v0');
    expect(kept.at(-1)).toBe('v30');
    expect(kept.length).toBeGreaterThanOrEqual(4);
    expect(kept.length).toBeLessThanOrEqual(6);
  });

  test('what stood there before an agent wrote is never lost, and its version names the run', async () => {
    let note = await create('v0');
    note = await save(note, 'v1');
    note = await save(note, 'last words');
    const runId = newId();
    byAgent(note.id, 'agent 1', runId);
    note = byAgent(note.id, 'agent 2', runId);
    note = byAgent(note.id, 'agent 3', runId);
    note = await save(note, 'mine 1');
    note = await save(note, 'mine 2');
    note = await save(note, 'mine 3');
    expect(await texts(note.id)).toEqual(['mine 3', 'mine 1', 'agent 3', 'agent 1', 'last words', 'v0']);
    const versions = await space.notes.versions({ id: note.id }, userCall);
    expect(versions.map((version) => version.runId)).toEqual([null, null, runId, runId, null, null]);
    expect(versions.map(({ size }) => size)).toEqual([6, 6, 7, 7, 10, 2]);
  });

  test('a client’s saves are each kept', async () => {
    let note = await create('v0');
    for (const text of ['v1', 'v2', 'v3']) note = await save(note, text, apiCall);
    expect(await texts(note.id)).toEqual(['v3', 'v2', 'v1', 'v0']);
  });

  test('a clock set back loses none', async () => {
    let note = await create('v0');
    for (const text of ['v1', 'v2', 'v3']) {
      space.clock.advance(-VERSION_INTERVAL);
      note = await save(note, text);
    }
    expect(await texts(note.id)).toEqual(['v3', 'v2', 'v1', 'v0']);
  });

  test('whatever the order of hands, the text before a change of hands is kept', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.tuple(fc.constantFrom('user' as const, 'api' as const, 'run-1', 'run-2'), fc.integer({ min: 0, max: 15 })),
          { minLength: 1, maxLength: 25 },
        ),
        async (saves) => {
          let note = await create('text 0');
          const precious = new Set(['text 0']);
          let last = { hand: 'user', text: 'text 0' };
          for (const [index, [hand, minutes]] of saves.entries()) {
            space.clock.advance(minutes * 60_000);
            const text = `text ${index + 1}`;
            if (hand !== last.hand) precious.add(last.text);
            note =
              hand === 'user' || hand === 'api'
                ? await save(note, text, hand === 'api' ? apiCall : userCall)
                : byAgent(note.id, text, hand);
            last = { hand, text };
          }
          precious.add(last.text);
          const kept = await texts(note.id);
          for (const text of precious) expect(kept).toContain(text);
        },
      ),
      { numRuns: 40 },
    );
  });

  test('an old one is restored by saving its text, and that can be undone', async () => {
    const note = await create('old');
    const next = await save(note, 'new');
    const { text } = await space.notes.version({ id: note.id, revision: 1 }, userCall);
    expect(await save(next, text)).toMatchObject({ text: 'old', revision: 3 });
    await space.history.undo({}, userCall);
    expect((await space.notes.get({ id: note.id }, userCall)).text).toBe('new');
  });

  test('that are not there are said so', async () => {
    const note = await create('x');
    await expect(async () => space.notes.version({ id: note.id, revision: 9 }, userCall)).rejects.toThrow(
      refusal('NOT_FOUND', 'not kept'),
    );
    await expect(async () => space.notes.versions({ id: 'gone' }, userCall)).rejects.toThrow(
      refusal('NOT_FOUND', 'does not exist'),
    );
  });
});

describe('wiki links', () => {
  test('find the note of that title, letter case aside, also beyond ASCII', async () => {
    const note = await create('# Größe Plan');
    for (const title of [
      'größe plan',
      'GRÖSSE PLAN'.replace('SS', 'ß'),
      ' Größe Plan ',
      'Größe Plan|shown',
      'Größe Plan#Heading',
    ]) {
      expect((await space.notes.resolveLink({ title }, userCall))?.id).toBe(note.id);
    }
    const plain = await create('# Launch 100%_plan');
    expect((await space.notes.resolveLink({ title: 'launch 100%_PLAN' }, userCall))?.id).toBe(plain.id);
    expect(await space.notes.resolveLink({ title: 'launch 100xxplan' }, userCall)).toBeNull();
    expect(await space.notes.resolveLink({ title: '' }, userCall)).toBeNull();
    await space.notes.remove({ id: note.id }, userCall);
    expect(await space.notes.resolveLink({ title: 'Größe Plan' }, userCall)).toBeNull();
  });

  test('show on the other side, with line and excerpt', async () => {
    const target = await create('# Target');
    const source = await create('# Source\n\nSee **[[target|that one]]** first\nand [[Target#Part]]');
    await create('# Other\n[[Targets]]');
    expect(await space.notes.backlinks({ id: target.id }, userCall)).toEqual([
      { noteId: source.id, title: 'Source', line: 3, excerpt: 'See that one first' },
      { noteId: source.id, title: 'Source', line: 4, excerpt: 'and Target#Part' },
    ]);
    await space.notes.remove({ id: source.id }, userCall);
    expect(await space.notes.backlinks({ id: target.id }, userCall)).toEqual([]);
  });

  test('of a long note that links on every line are the first of them, each with its own line', async () => {
    const target = await create('# Target');
    await create(Array.from({ length: 20_000 }, (_, index) => `[[Target]] ${index + 1}`).join('\n'));
    const links = await space.notes.backlinks({ id: target.id }, userCall);
    expect(links.length).toBe(500);
    expect(links.at(-1)).toMatchObject({ line: 500, excerpt: 'Target 500' });
  });

  test('are never rewritten: a new title leaves other notes as they are', async () => {
    const target = await create('# Target');
    const source = await create('[[Target]]');
    await save(target, '# Renamed');
    expect(await space.notes.get({ id: source.id }, userCall)).toEqual(source);
    expect(await space.notes.backlinks({ id: target.id }, userCall)).toEqual([]);
  });
});

describe('lists', () => {
  test('pinned first, then what changed last, by project and tag, without the trash', async () => {
    const project = await space.projects.create({ name: 'P' }, userCall);
    const notes: Note[] = [];
    for (const text of ['# One #x\n\nfirst', '# Two', '# Three #x']) {
      space.clock.advance(1_000);
      notes.push(await create(text, text.includes('Two') ? project.id : undefined));
    }
    const shown = async (filter = {}) => (await space.notes.list(filter, userCall)).map(({ title }) => title);
    expect(await shown()).toEqual(['Three #x', 'Two', 'One #x']);
    const [one, two] = notes;
    if (!one || !two) throw new Error('three notes were made');
    await space.notes.update({ id: one.id, patch: { pinned: true } }, userCall);
    expect(await shown()).toEqual(['One #x', 'Three #x', 'Two']);
    expect(await shown({ tag: 'X' })).toEqual(['One #x', 'Three #x']);
    expect(await shown({ projectId: project.id })).toEqual(['Two']);
    await space.notes.remove({ id: two.id }, userCall);
    expect([await shown({ projectId: project.id }), await shown({ trash: true })]).toEqual([[], ['Two']]);
    expect((await space.notes.list({}, userCall))[0]).toMatchObject({ excerpt: 'first', pinned: true });
    expect((await space.history.list({}, userCall)).map(({ label }) => label)[0]).toBe('Delete note “Two”');
    await space.notes.restore({ id: two.id }, userCall);
    expect(await shown()).toContain('Two');
  });

  test('a note of a removed project comes back without it', async () => {
    const project = await space.projects.create({ name: 'P' }, userCall);
    const note = await create('# N', project.id);
    await space.projects.remove({ id: project.id }, userCall);
    await expect(save(note, 'x')).rejects.toThrow(refusal('CONFLICT', 'Restore it first'));
    expect(await space.notes.restore({ id: note.id }, userCall)).toMatchObject({ projectId: null, deletedAt: null });
  });
});

describe('attachments', () => {
  const attach = async (noteId: string, name: string, data: Buffer, mediaType = 'image/png') =>
    space.notes.attach({ noteId, name, mediaType, data: data.toString('base64') }, userCall);

  test('come back byte for byte, and are sealed on disk', async () => {
    const note = await create('# N');
    const data = Buffer.from(Array.from({ length: 200_000 }, (_, index) => (index * 7) % 256));
    const attachment = await attach(note.id, 'photo.png', data);
    expect(attachment).toMatchObject({ name: 'photo.png', mediaType: 'image/png', size: 200_000 });
    const read = await space.notes.attachment({ id: attachment.id }, userCall);
    expect(Buffer.from(read.data, 'base64').equals(data)).toBe(true);
    expect(await space.notes.attachments({ id: note.id }, userCall)).toEqual([attachment]);
  });

  test('removed ones come back with undo', async () => {
    const note = await create('# N');
    const attachment = await attach(note.id, 'a.txt', Buffer.from('a'), 'text/plain');
    await space.notes.removeAttachment({ id: attachment.id }, userCall);
    expect(await space.notes.attachments({ id: note.id }, userCall)).toEqual([]);
    await space.history.undo({}, userCall);
    expect((await space.notes.attachment({ id: attachment.id }, userCall)).data).toBe(
      Buffer.from('a').toString('base64'),
    );
    expect((await space.history.list({}, userCall)).map(({ label }) => label)).toEqual([
      'Remove attachment “a.txt”',
      'Attach a file to “N”',
      'Add note “N”',
    ]);
  });

  test('over 50 MB are refused, and nothing is kept', async () => {
    const note = await create('# N');
    await expect(attach(note.id, 'big', Buffer.alloc(ATTACHMENT_LIMIT + 4))).rejects.toThrow(
      refusal('PAYLOAD_TOO_LARGE', '50 MB'),
    );
    await expect(attach('gone', 'small', Buffer.from('a'))).rejects.toThrow(refusal('NOT_FOUND', 'does not exist'));
    expect(await space.notes.attachments({ id: note.id }, userCall)).toEqual([]);
  });

  test('that could not be noted leave no sealed file behind', async () => {
    const note = await create('# N');
    const kept: string[] = [];
    const blobs = {
      ...space.store.blobs,
      put: (id: string, type: string, data: Uint8Array) => {
        kept.push(id);
        space.store.blobs.put(id, type, data);
        throw new AppError('STORAGE_FULL', 'The disk is full. Free some space.');
      },
    };
    const full = createWorkspace({ store: () => ({ ...space.store, blobs }), clock: space.clock }).handlers;
    const input = { noteId: note.id, name: 'a', mediaType: 'text/plain', data: Buffer.from('a').toString('base64') };
    await expect(async () => full.notes.attach(input, userCall)).rejects.toThrow(refusal('STORAGE_FULL', 'full'));
    expect(kept).toHaveLength(1);
    expect(() => space.store.blobs.get(kept[0] ?? '', 'attachment')).toThrow(refusal('NOT_FOUND', ''));
  });

  test.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\temp\\report.pdf', 'report.pdf'],
    ['gpj.\u202eexe.txt', 'gpj.exe.txt'],
    ['a\u0000b\nc.txt', 'abc.txt'],
    ['..', 'attachment'],
    ['', 'attachment'],
    ['dir/', 'attachment'],
    ['x'.repeat(255), 'x'.repeat(200)],
    ['<img>.png', '<img>.png'],
  ])('the name %j is shown as %j', (name, shown) => {
    expect(displayName(name)).toBe(shown);
  });

  test('with a media type that is none are plain bytes', async () => {
    const note = await create('# N');
    expect(await attach(note.id, 'x', Buffer.from('a'), 'text/html\r\nX: y')).toMatchObject({
      mediaType: 'application/octet-stream',
    });
  });
});
