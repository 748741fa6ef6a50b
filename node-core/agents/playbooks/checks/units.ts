/** Kind, how many of its smallest it is, and how it is written; what is one letter is told by its case. */
const units = `
percent 1 % percent pct prozent
euro 1 € eur euro euros
dollar 1 $ us$ usd dollar dollars
pound 1 £ gbp pound pounds
franc 1 chf franc francs franken
yen 1 ¥ jpy yen
second 1 sec secs second seconds sekunde sekunden
second 60 min mins minute minutes minuten
second 3600 h hr hrs hour hours stunde stunden
second 86400 day days tag tage tagen
second 604800 week weeks woche wochen
month 1 month months monat monate monaten
month 12 year years yr yrs jahr jahre jahren
month 120 decade decades jahrzehnt jahrzehnte jahrzehnten
month 1200 century centuries jahrhundert jahrhunderte jahrhunderten
metre 0.001 mm millimetre millimetres millimeter millimeters
metre 0.01 cm centimetre centimetres centimeter centimeters zentimeter
metre 1 m metre metres meter meters metern
metre 1000 km kilometre kilometres kilometer kilometers kilometern
metre 1609.344 mile miles
gram 0.001 mg milligram milligrams milligramm
gram 1 g gram grams gramm
gram 1000 kg kilo kilos kilogram kilograms kilogramm
gram 1000000 t ton tons tonne tonnes tonnen
litre 0.001 ml millilitre millilitres
litre 1 l litre litres liter liters
hectare 1 ha hectare hectares hektar
watt 1 W watt watts
watt 1000 kw kilowatt kilowatts
watt 1000000 mw megawatt megawatts
watt 1000000000 gw gigawatt gigawatts
watthour 1000 kwh
watthour 1000000 mwh
watthour 1000000000 gwh
watthour 1000000000000 twh
byte 1000 kb kilobyte kilobytes
byte 1000000 mb megabyte megabytes
byte 1000000000 gb gigabyte gigabytes
byte 1000000000000 tb terabyte terabytes
degree 1 ° °c degree degrees grad
times 1 x times fold fach mal`;

/** Kinds that are said of an amount only. */
export const amounts: ReadonlySet<string> = new Set(['percent', 'euro', 'dollar', 'pound', 'franc', 'yen']);

const scales = `
12 dozen dozens dutzend
100 hundred hundreds hundert
1000 thousand thousands k K tsd tausend
1000000 million millions m M mn mln mio millionen
1000000000 billion billions B bn mrd milliarde milliarden
1000000000000 trillion trillions tn`;

const words = `
0 zero null
1 one ein eine einem einen einer
2 two zwei
3 three drei
4 four vier
5 five fünf
6 six sechs
7 seven sieben
8 eight acht
9 nine neun
10 ten zehn
11 eleven elf
12 twelve zwölf
13 thirteen dreizehn
14 fourteen vierzehn
15 fifteen fünfzehn
16 sixteen sechzehn
17 seventeen siebzehn
18 eighteen achtzehn
19 nineteen neunzehn
20 twenty zwanzig
30 thirty dreißig
40 forty vierzig
50 fifty fünfzig
60 sixty sechzig
70 seventy siebzig
80 eighty achtzig
90 ninety neunzig`;

/** Shares that are said without a figure, in percent. */
const shares = `
10 tenth zehntel
20 fifth fünftel
25 quarter viertel
33 third drittel
50 half halves hälfte halb halbe halben`;

const lines = (table: string): string[][] =>
  table
    .trim()
    .split('\n')
    .map((line) => line.split(' '));
const numbers = (table: string): Map<string, number> =>
  new Map(lines(table).flatMap(([value, ...names]) => names.map((name) => [name, Number(value)] as const)));

export interface Unit {
  readonly kind: string;
  readonly factor: number;
}

const unitOf = new Map(
  lines(units).flatMap(([kind = '', factor, ...names]) =>
    names.map((name): readonly [string, Unit] => [name, { kind, factor: Number(factor) }]),
  ),
);
const scaleOf = numbers(scales);
const wordOf = numbers(words);
const shareOf = numbers(shares);

const named = <T>(map: ReadonlyMap<string, T>, name: string): T | undefined =>
  map.get(name) ?? (name.length > 1 ? map.get(name.toLowerCase()) : undefined);

export const unitNamed = (name: string): Unit | undefined => named(unitOf, name);
export const scaleNamed = (name: string): number | undefined => named(scaleOf, name);
export const shareNamed = (name: string): number | undefined => named(shareOf, name);

/** `seven`, `twenty-five`. */
export const numberNamed = (word: string): number | undefined => {
  const [tens = '', ones] = word.toLowerCase().split('-');
  const [first, second] = [wordOf.get(tens), ones === undefined ? 0 : wordOf.get(ones)];
  if (first === undefined || second === undefined) return undefined;
  return ones === undefined || (first >= 20 && second >= 1 && second <= 9) ? first + second : undefined;
};

const longestFirst = (names: Iterable<string>): string => [...names].toSorted((a, b) => b.length - a.length).join('|');
/** Of a regular expression: what `numberNamed` and `shareNamed` know. */
export const numberWords = longestFirst(wordOf.keys());
export const shareWords = longestFirst(shareOf.keys());
