import { WHOLE_BASIS_POINTS } from '../../../rules/fees.ts'

/** What a field of basis points may hold: it gives text while it is empty. */
export const isBasisPoints = (points: number | string): boolean =>
  points !== '' && Number.isInteger(Number(points)) && Number(points) >= 0 && Number(points) <= WHOLE_BASIS_POINTS
