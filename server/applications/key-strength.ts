/** Moduli that anybody can factor, as broken generators and hand-made keys have them. */
import { checkPrime } from 'node:crypto'

/** What is wrong with a modulus, as a sentence; undefined: nothing that can be found within milliseconds. */
export async function weaknessOf(modulus: bigint): Promise<string | undefined> {
  if (modulus % 2n === 0n) return 'Its modulus is even.'
  const factor = smallPrimes().find((prime) => modulus % prime === 0n)
  if (factor !== undefined) return `Its modulus can be divided by ${factor}.`
  if (await isPrime(modulus)) return 'Its modulus is itself a prime number.'
  return hasCloseFactors(modulus) ? 'Its two primes are too close to each other.' : undefined
}

const isPrime = (candidate: bigint) =>
  new Promise<boolean>((resolve, reject) =>
    checkPrime(candidate, (error, prime) => (error ? reject(error) : resolve(prime))),
  )

const SMALL = 1000

function smallPrimes(): bigint[] {
  const primes: number[] = []
  for (let n = 3; n < SMALL; n += 2) if (primes.every((prime) => n % prime !== 0)) primes.push(n)
  return primes.map(BigInt)
}

const FERMAT_STEPS = 100

/** Fermat's way: the modulus as a difference of two squares, found at once where its two primes lie close together. */
function hasCloseFactors(modulus: bigint): boolean {
  let a = squareRoot(modulus)
  if (a * a < modulus) a++
  for (let step = 0; step < FERMAT_STEPS; step++, a++) {
    const rest = a * a - modulus
    const b = squareRoot(rest)
    if (b * b === rest) return true
  }
  return false
}

/** The whole part of the square root, by Newton's method. */
function squareRoot(value: bigint): bigint {
  if (value < 2n) return value
  let guess = 1n << (BigInt(value.toString(2).length + 1) / 2n)
  for (;;) {
    const better = (guess + value / guess) >> 1n
    if (better >= guess) return guess
    guess = better
  }
}
