import { FIRST_NAMES } from '../../../../node-core/agents/skills/words.ts';
import type { Random } from './random.ts';
import { items } from './template.ts';

/** Names of people, places and firms: real given names of many languages, and invented ones, so that none can be learned by heart. */
const FAMILY = items(
  `Kovač, Lindqvist, Nguyen, Okafor, Brandt, Moreau, Silva, Petrov, Yılmaz, Haddad, Schäfer, Jørgensen, Žižka, Costa, Duarte, Fischer, O'Neill, McKay, Patel, Singh, Tanaka, Sato, Kim, Larsen, Virtanen, Nowak, Wiśniewska, Horvat, Popescu, Ionescu, Rossi, Bianchi, Weber, Keller, Huber, Gruber, Novotný, Dvořák, Szabó, Nagy, Marković, Abebe, Mensah, Diallo, Traoré, Benali, Rahman, Chaudhry, Hartmann, Vogel, Winter, Berg, Holm, Strand, Dahl, Quist, Byrne, Doyle, Walsh, Murray, Pérez, García, Núñez, Åkesson, Öberg, Łuczak, Çelik, Öztürk, Demir`,
);
const NON_ASCII = items(
  `Åsa, Łukasz, Żaneta, Šárka, Jiří, Zoë, Chloé, Noëlle, Søren, Bjørn, Ása, Þóra, Gülay, Şule, Ömer, İpek, Çiğdem, Nuñez, Begoña, Iñaki, José, André, Benoît, François, Maïté, Mihály, Zsófia, Ágnes, Đorđe, Goran, Małgorzata, Agnieszka, Kjersti, Håkon, Pål, Jürgen, Käthe, Müge, Nhân, Thảo`,
);
const PLACE_NAMES = items(
  `Rosenheim, Aarhus, Porto, Lyon, Ghent, Malmö, Graz, Leeds, Bristol, Cork, Galway, Kraków, Brno, Split, Varna, Cluj, Izmir, Haifa, Tunis, Accra, Lagos, Nairobi, Pune, Osaka, Busan, Perth, Hobart, Denver, Boise, Halifax, Quito, Lima, Tallinn, Riga, Vilnius, Turku, Bergen, Aalborg, Utrecht, Leiden, Trier, Kassel, Bremen, Ulm, Linz, Zug, Parma, Siena, Cádiz, Vigo, Braga, Faro`,
);
const ONSETS = items(
  `b, br, d, dr, f, g, gr, h, j, k, kl, kr, l, m, n, p, pl, pr, r, s, sk, st, t, tr, v, w, z, sh, th, ch`,
);
const VOWELS = items(`a, e, i, o, u, ai, ea, ee, oo, ou, ia, y`);
const CODAS = items(`n, l, r, s, k, t, m, nd, rk, lt, x, ng, sk, ck, v, b, z`);

/** A word that exists nowhere: one to three syllables. */
export function inventedWord(random: Random): string {
  let word = '';
  for (let syllables = random.int(1, 3); syllables > 0; syllables -= 1) {
    word += random.pick(ONSETS) + random.pick(VOWELS);
    if (syllables === 1 || random.chance(0.3)) word += random.pick(CODAS);
  }
  return word;
}

export const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
const GIVEN = [...FIRST_NAMES].map(capital);

export function personName(random: Random): string {
  const draw = random.next();
  if (draw < 0.6) return random.pick(GIVEN);
  if (draw < 0.72) return random.pick(NON_ASCII);
  if (draw < 0.86) return random.pick(FAMILY);
  return capital(inventedWord(random) + random.pick(['', 'a', 'o', 'e', 'ski', 'sen', 'er', '']));
}

export function placeName(random: Random): string {
  const draw = random.next();
  if (draw < 0.35) return random.pick(PLACE_NAMES);
  if (draw < 0.5) return random.pick(FAMILY);
  return capital(inventedWord(random));
}
