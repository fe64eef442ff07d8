/**
 * Code 128, set C: two digits to a symbol, which is how cash desks read payment codes. Each symbol is six widths, bar and space in
 * turn, of eleven units together; the stop has seven of thirteen. The widths are those of ISO/IEC 15417.
 */
const WIDTHS =
  '212222222122222221121223121322131222122213122312132212221213221312231212112232122132122231113222123122123221223211221132221231213212223112312131311222321122321221312212322112322211212123212321232121111323131123131321112313132113132311211313231113231311112133112331132131113123113321133121313121211331231131213113213311213131311123311321331121312113312311332111314111221411431111111224111422121124121421141122141221112214112412122114122411142112142211241211221114413111241112134111111242121142121241114212124112124211411212421112421211212141214121412121111143111341131141114113114311411113411311113141114131311141411131211412211214211232'
const START_C = 105
const STOP = '2331112'
const MODULUS = 103

/** The bars of an even number of digits: where each begins and how wide it is, in units. */
export function barsOf(digits: string): { bars: { at: number; width: number }[]; units: number } {
  const pairs = (digits.match(/\d\d/g) ?? []).map(Number)
  const check = pairs.reduce((sum, pair, index) => sum + pair * (index + 1), START_C) % MODULUS
  const widths = [START_C, ...pairs, check].map((symbol) => WIDTHS.slice(symbol * 6, symbol * 6 + 6)).join('') + STOP
  const bars: { at: number; width: number }[] = []
  let at = 0
  for (const [index, digit] of [...widths].entries()) {
    const width = Number(digit)
    if (index % 2 === 0) bars.push({ at, width })
    at += width
  }
  return { bars, units: at }
}
