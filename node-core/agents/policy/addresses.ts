/** An address that an argument is, as a browser would understand it. */
interface Address {
  readonly host: string;
  /** It carries a name or a password, which are sent along and make one host look like another. */
  readonly hidden: boolean;
}

/** Every text within arguments. */
export const textsIn = function* (value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (Array.isArray(value)) for (const each of value) yield* textsIn(each);
  else if (typeof value === 'object' && value !== null) for (const each of Object.values(value)) yield* textsIn(each);
};

/** The arguments that are addresses as a whole; what a text merely mentions is not visited by sending it. */
export const addressesIn = (given: unknown): Address[] =>
  [...textsIn(given)].flatMap((text) => {
    const url = URL.parse(text);
    if (!url || url.hostname === '') return [];
    return [{ host: url.hostname, hidden: url.username !== '' || url.password !== '' }];
  });
