import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { errorCode } from '../contract/index.ts';
import { reachOf } from './addresses.ts';
import { createEgress, egressAllows } from './egress.ts';

const refusal = async (work: () => Promise<unknown>): Promise<string> => {
  try {
    await work();
    return 'let through';
  } catch (error) {
    return errorCode(error) ?? String(error);
  }
};

describe('addresses', () => {
  it.each([
    ...[
      '8.8.8.8',
      '1.1.1.1',
      '93.184.216.34',
      '100.63.255.255',
      '100.128.0.1',
      '172.15.0.1',
      '172.32.0.1',
      '192.167.0.1',
      '223.255.255.255',
      '11.0.0.1',
      '9.255.255.255',
      '126.1.1.1',
      '128.0.0.1',
      '169.253.0.1',
    ],
    ...['2606:4700:4700::1111', '2a00:1450:4001::200e', '64:ff9b::8.8.8.8', '64:ff9b::808:808'],
  ])('%s is of the internet', (address) => {
    expect(reachOf(address)).toBe('public');
  });

  it.each([
    ...[
      '127.0.0.1',
      '127.255.255.254',
      '10.0.0.1',
      '10.255.255.255',
      '172.16.0.1',
      '172.31.255.255',
      '192.168.0.1',
      '192.168.255.255',
      '100.64.0.1',
      '100.127.255.255',
    ],
    ...['::1', '0:0:0:0:0:0:0:1', 'fc00::1', 'fd12:3456::1', 'fdff:ffff::1'],
  ])('%s is of this machine or its network', (address) => {
    expect(reachOf(address)).toBe('local');
  });

  it.each([
    ...[
      '0.0.0.0',
      '0.1.2.3',
      '169.254.169.254',
      '169.254.0.1',
      '192.0.0.1',
      '192.0.0.192',
      '192.0.2.1',
      '192.88.99.1',
      '198.18.0.1',
      '198.19.255.255',
      '198.51.100.1',
      '203.0.113.1',
      '224.0.0.1',
      '239.255.255.255',
      '240.0.0.1',
      '255.255.255.255',
      '168.63.129.16',
      '100.100.100.200',
    ],
    ...[
      '::',
      'fe80::1',
      'fe80::1%eth0',
      '::1%lo',
      'febf::1',
      'fec0::1',
      'ff02::1',
      'fd00:ec2::254',
      '2001:db8::1',
      '2001::1',
      '2001:0:4136:e378::1',
      '2002:7f00:1::',
      '2002:a9fe:a9fe::',
      '3fff::1',
      '100::1',
      '64:ff9b:1::1',
    ],
    ...[
      '::ffff:127.0.0.1',
      '::ffff:7f00:1',
      '0:0:0:0:0:ffff:127.0.0.1',
      '::ffff:169.254.169.254',
      '::ffff:8.8.8.8',
      '::ffff:10.0.0.1',
      '::127.0.0.1',
      '::ffff:0:127.0.0.1',
    ],
    ...['64:ff9b::7f00:1', '64:ff9b::127.0.0.1', '64:ff9b::a9fe:a9fe', '64:ff9b::10.0.0.1'],
    ...['', 'localhost', '1.2.3', '2130706433', '0x7f.0.0.1', '127.1', '1.2.3.4.5', 'not an address'],
  ])('nobody is sent to "%s"', (address) => {
    expect(reachOf(address)).toBe('never');
  });
});

const ipv4 = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255));
const hex = (high: number, low: number): string => (high * 256 + low).toString(16);

it('an address inside another is no more public than by itself', () => {
  fc.assert(
    fc.property(ipv4, ([a, b, c, d]) => {
      const groups = `${hex(a, b)}:${hex(c, d)}`;
      const inside = [`::ffff:${groups}`, `::${groups}`, `2002:${groups}::1`, `2001:0:${groups}::1`, `fe80::${groups}`];
      for (const address of inside) expect(reachOf(address)).not.toBe('public');
      const isPublic = reachOf([a, b, c, d].join('.')) === 'public';
      expect(reachOf(`64:ff9b::${groups}`)).toBe(isPublic ? 'public' : 'never');
    }),
    { numRuns: 2_000 },
  );
});

it('no way of writing an address of this machine or its network gets through', async () => {
  const { fetch } = createEgress({ egress: ['*'], signal: new AbortController().signal }, [], {
    resolve: async (host) => [host],
  });
  const number = (value: number, base: number) =>
    base === 8 ? `0${value.toString(8)}` : base === 16 ? `0x${value.toString(16)}` : String(value);
  const local = fc.oneof(
    ipv4.map(([, b, c, d]) => [127, b, c, d]),
    ipv4.map(([, b, c, d]) => [10, b, c, d]),
    ipv4.map(([, , c, d]) => [192, 168, c, d]),
    ipv4.map(([, , c, d]) => [169, 254, c, d]),
  );
  const base = fc.constantFrom(8, 10, 16);
  const written = fc
    .tuple(local, fc.integer({ min: 1, max: 4 }), fc.array(base, { minLength: 4, maxLength: 4 }))
    .map(([bytes, parts, bases]) => {
      const first = bytes.slice(0, parts - 1);
      const rest = bytes.slice(parts - 1).reduce((sum, byte) => sum * 256 + byte, 0);
      return [...first, rest].map((part, index) => number(part, bases[index] ?? 10)).join('.');
    });
  await fc.assert(
    fc.asyncProperty(written, fc.constantFrom('', '.', ':80'), async (host, end) => {
      expect(await refusal(() => fetch(`http://${host}${end}/`))).toBe('EGRESS_REFUSED');
    }),
    { numRuns: 1_000 },
  );
});

describe('hosts of a playbook', () => {
  it.each([
    [['example.org'], 'example.org', true],
    [['example.org'], 'EXAMPLE.org.', true],
    [['example.org'], 'a.example.org', false],
    [['example.org'], 'notexample.org', false],
    [['example.org'], 'example.org.evil.net', false],
    [['*.example.org'], 'a.b.example.org', true],
    [['*.example.org'], 'example.org', true],
    [['*.example.org'], 'badexample.org', false],
    [['*'], 'anything.net', true],
    [['127.0.0.1:8080'], '127.0.0.1', true],
    [[], 'example.org', false],
  ])('%j and %s: %s', (egress, host, allowed) => {
    expect(egressAllows(egress, host)).toBe(allowed);
  });
});

describe('addresses that are never asked', () => {
  const asked: string[] = [];
  const { fetch } = createEgress({ egress: ['*'], signal: new AbortController().signal }, [], {
    resolve: async (host) => {
      asked.push(host);
      return ['127.0.0.1'];
    },
  });

  it.each([
    'http://127.0.0.1/',
    'http://127.0.0.1:80/',
    'http://[::1]/',
    'http://localhost/',
    'http://localhost./',
    'http://name-of-this-machine/',
    'http://2130706433/',
    'http://0x7f000001/',
    'http://0x7f.0.0.1/',
    'http://017700000001/',
    'http://0177.0.0.01/',
    'http://127.1/',
    'http://127.0.1/',
    'http://134744072/',
    'http://0x08.8.8.8/',
    'http://010.8.8.8/',
    'http:134744072',
    'http:\\\\134744072\\',
    'http://①②⑦.⓪.⓪.①/',
    'http://127。0。0。1/',
    'http://%31%32%37.0.0.1/',
    'http://8.8.8.8.:80/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:8.8.8.8]/',
    'http://[64:ff9b::7f00:1]/',
    'http://[fe80::1]/',
    'http://0.0.0.0/',
    'http://[::]/',
    'http://169.254.169.254/latest/meta-data/',
    'http://100.100.100.200/',
    'http://192.168.1.1/',
    'http://user:pass@example.org/',
    'http://user@example.org/',
    'http://example.org:8080/',
    'https://example.org:22/',
    'http://93.184.216.34:6379/',
    'ftp://example.org/',
    'file:///etc/passwd',
    'data:text/html,hello',
    'gopher://example.org/',
    'javascript:alert(1)',
    'not an address',
    '',
    '//example.org/',
    'http://[fe80::1%25eth0]/',
  ])('%s', async (url) => {
    expect(await refusal(() => fetch(url))).toBe('EGRESS_REFUSED');
  });

  it('was asked only for names, never for numbers', () => {
    expect(new Set(asked)).toEqual(new Set(['localhost', 'name-of-this-machine']));
  });
});

describe('a name', () => {
  const withAddresses = (addresses: readonly string[], egress: readonly string[], own: readonly string[] = []) =>
    createEgress({ egress, signal: new AbortController().signal }, own, { resolve: async () => addresses }).addresses;

  it('is refused where one of its addresses is', async () => {
    const addresses = withAddresses(['93.184.216.34', '10.0.0.1'], ['*']);
    expect(await refusal(() => addresses('example.org', 443))).toBe('EGRESS_REFUSED');
  });

  it('is not opened to this machine by a playbook that names it with its port', async () => {
    const addresses = withAddresses(['127.0.0.1'], ['example.org:8888', '*:8888']);
    expect(await refusal(() => addresses('example.org', 8888))).toBe('EGRESS_REFUSED');
  });

  it('is opened to the own network by a person, there and at that port only', async () => {
    const addresses = withAddresses(['192.168.1.20'], [], ['http://nas.local:8888', 'imaps://nas.local']);
    expect(await addresses('nas.local', 8888)).toEqual(['192.168.1.20']);
    expect(await addresses('nas.local', 993)).toEqual(['192.168.1.20']);
    expect(await refusal(() => addresses('nas.local', 8889))).toBe('EGRESS_REFUSED');
    expect(await refusal(() => addresses('other.local', 8888))).toBe('EGRESS_REFUSED');
  });

  it('never leads to the metadata of a cloud, whoever opened it', async () => {
    const addresses = withAddresses(['169.254.169.254'], ['169.254.169.254:80'], ['http://meta.local']);
    expect(await refusal(() => addresses('meta.local', 80))).toBe('EGRESS_REFUSED');
    expect(await refusal(() => addresses('169.254.169.254', 80))).toBe('EGRESS_REFUSED');
  });

  it('has the ports of the web, and others where they are named', async () => {
    const addresses = withAddresses(['93.184.216.34'], ['example.org', 'example.org:8443']);
    for (const port of [80, 443, 8443]) expect(await addresses('example.org', port)).toEqual(['93.184.216.34']);
    expect(await refusal(() => addresses('example.org', 8444))).toBe('EGRESS_REFUSED');
  });
});
