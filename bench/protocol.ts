/**
 * The ratio protocol: baseline, ours, baseline, ours … in one run, first round thrown away, medians compared. A run whose two halves
 * of the baseline differ by more than 15 % is void, because the machine was busy with something else.
 */
import { loadavg } from 'node:os'

export type Measured = { baseline: number; ours: number; ratio: number; void: boolean; load: string }

export async function compare(
  rounds: number,
  baseline: () => Promise<number>,
  ours: (round: number) => Promise<number>,
): Promise<Measured> {
  const [baselines, measured]: [number[], number[]] = [[], []]
  for (let round = 0; round < rounds; round++) {
    baselines.push(await baseline())
    measured.push(await ours(round))
  }
  const [kept, own] = [baselines.slice(1), measured.slice(1)]
  const half = Math.ceil(kept.length / 2)
  const [first, second] = [median(kept.slice(0, half)), median(kept.slice(-half))]
  const spread = Math.abs(first - second) / Math.min(first, second)
  const [b, o] = [median(kept), median(own)]
  return {
    baseline: b,
    ours: o,
    ratio: o / b,
    void: spread > 0.15,
    load: loadavg()
      .map((n) => n.toFixed(2))
      .join(' '),
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}

export function line(row: string, bar: string, measured: string, verdict: boolean | 'void'): string {
  const word = verdict === 'void' ? 'VOID (the machine was busy)' : verdict ? 'reached' : 'MISSED'
  return `${row.padEnd(34)} bar ${bar.padEnd(22)} measured ${measured.padEnd(44)} ${word}`
}
