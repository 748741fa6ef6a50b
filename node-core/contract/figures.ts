const space = String.raw`\u0020\u00a0\u202f\u2009`;
const grouped = new RegExp(String.raw`^-?[1-9]\d{0,2}([.,'’${space}])\d{3}(?:\1\d{3})*(?:([.,])\d+)?$`, 'u');
const plain = /^-?\d+(?:[.,]\d+)?$/u;

/**
 * What a person means by a figure, in the ways of several countries: `5,000`, `5.000,50`, `1 250`, `0,5`; `undefined` where it is none. Three
 * digits behind a comma or a full stop are thousands, unless a nought stands before it.
 */
export const figureOf = (text: string): number | undefined => {
  const figure = text.trim();
  const [, group, mark] = grouped.exec(figure) ?? [];
  if (group !== undefined && group !== mark)
    return Number(figure.replaceAll(group, '').replace(mark ?? '', mark === undefined ? '' : '.'));
  return plain.test(figure) ? Number(figure.replace(',', '.')) : undefined;
};
