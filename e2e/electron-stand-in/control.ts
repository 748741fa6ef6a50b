/** How a test asks the stand-in what the main process did, and what the system around it shall do. */
export interface Recorded {
  readonly name: string;
  readonly args: readonly unknown[];
}
export type Command =
  | { readonly do: 'quit' }
  | { readonly do: 'second-instance'; readonly with: string[] }
  | { readonly do: 'open-url'; readonly with: string }
  | { readonly do: 'answer'; readonly with: number }
  | { readonly do: 'ask-permission'; readonly with: { permission: string; url: string } }
  | { readonly do: 'fetch'; readonly with: string };
/** Sent to the test, in order. */
export type Report = { readonly recorded: Recorded } | { readonly page: { debuggingUrl: string } };

export const answers = { messageBox: 1 };
const handlers = new Map<string, (value: unknown) => void>();

export const report = (message: Report): void => {
  if (process.connected) process.send?.(message);
};

/** Functions are left out: what is recorded crosses a pipe. */
export const record = (name: string, ...args: unknown[]): undefined => {
  report({ recorded: { name, args: JSON.parse(JSON.stringify(args)) } });
};

export const onCommand = <T extends Command['do']>(
  name: T,
  handler: (value: Extract<Command, { do: T }> extends { with: infer V } ? V : undefined) => void,
): void => {
  handlers.set(name, (value) => handler(value as never));
};

onCommand('answer', (response) => {
  answers.messageBox = response;
});
process.on('message', (command: Command) => handlers.get(command.do)?.('with' in command ? command.with : undefined));
// The test is gone: nobody is left to drive this.
process.on('disconnect', () => process.exit(1));
