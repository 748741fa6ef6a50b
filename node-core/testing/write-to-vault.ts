import { writeSync } from 'node:fs';
import { errorCode } from '../contract/errors.ts';
import { createVault } from '../vault/index.ts';
import { sampleNote } from './sample-entities.ts';

/**
 * Opens (or makes) the vault in a directory and adds notes to it. Arguments: directory, how many (0: until killed),
 * characters of each, how to end (`stop`, `exit`, `throw`). Prints `ready`, `ack <id>` for each note once it is saved, `error <code>`, `done`.
 */
const [dir, count = '0', size = '0', end = 'stop'] = process.argv.slice(2);
if (!dir) throw new Error('Name the directory of the vault.');
const say = (line: string) => writeSync(1, `${line}\n`);

const vault = createVault({ dir });
try {
  await vault.start();
  const { error } = vault.status();
  if (error) say(`error ${error.code}`);
  else {
    say('ready');
    const store = vault.store();
    for (let done = 0; count === '0' || done < Number(count); done++) {
      const note = sampleNote({ text: `# Note ${done}\n${'lorem ipsum '.repeat(Number(size) / 12)}` });
      store.transact({ actor: 'user', label: 'Add note' }, (tx) => tx.put('note', note));
      say(`ack ${note.id}`);
      // The log is folded in the pauses.
      await new Promise((resolve) => setImmediate(resolve));
    }
    if (end === 'exit') process.exit();
    if (end === 'throw')
      setImmediate(() => {
        throw new Error('not caught');
      });
    else await vault.stop();
    say('done');
  }
} catch (error) {
  say(`error ${errorCode(error) ?? String(error)}`);
  process.exitCode = 1;
}
