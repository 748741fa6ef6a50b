import { type KeyOptions, readExpiry, readScopes } from './key-options.ts';
import { type Output, printable, table } from './output.ts';
import type { NodeClient } from './session.ts';

export const listPairing = async (client: NodeClient, output: Output): Promise<void> => {
  const requests = await client.pairing.list();
  if (output.json) return output.printJson(requests);
  if (requests.length === 0) return output.print('No program asks for a key.');
  const secondsLeft = (until: number) => `${Math.max(0, Math.ceil((until - Date.now()) / 1_000))} s`;
  output.print(
    table([
      ['CODE', 'NAME', 'WANTS', 'FOR ANOTHER'],
      ...requests.map(({ code, name, scopes, expiresAt }) => [
        code,
        printable(name),
        scopes.join(','),
        secondsLeft(expiresAt),
      ]),
    ]),
  );
  output.note('Approve one only if you started it and it shows the same code: jan pair approve <code>');
};

export const approvePairing = async (
  client: NodeClient,
  output: Output,
  code: string,
  { scope, expires }: Pick<KeyOptions, 'scope' | 'expires'>,
): Promise<void> => {
  await client.pairing.approve({
    code,
    ...(scope === undefined ? {} : { scopes: readScopes(scope) }),
    ...(expires === undefined ? {} : { expiresAt: readExpiry(expires, Date.now()) }),
  });
  if (output.json) return output.printJson({ approved: code });
  output.print('Approved. The program fetches its key now.');
};

export const denyPairing = async (client: NodeClient, output: Output, code: string): Promise<void> => {
  await client.pairing.deny({ code });
  if (output.json) return output.printJson({ denied: code });
  output.print('Denied.');
};
