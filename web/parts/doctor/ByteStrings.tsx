import { UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import { firstDifference, textOf } from '../../../rules/bytes.ts'
import { numberOf } from '../../language.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { byteName, excerptOf, PER_ROW, rowsOf } from './bytes-view.ts'
import classes from './doctor.module.css'
import { texts } from './texts.ts'

const BEFORE = 3 * PER_ROW
const AFTER = 6 * PER_ROW
const FIRST = 16 * PER_ROW
const AROUND = 30

type Props = {
  received: Uint8Array
  /** Undefined where nobody knows it, or it is the same. */
  signed: Uint8Array | undefined
  bodyBytes: number
}

/** Both strings byte by byte, with the first difference marked. Where there is only one, that one. */
export function ByteStrings({ received, signed, bodyBytes }: Props) {
  const [isWhole, setWhole] = useState(false)
  const at = signed && firstDifference(received, signed)
  const isLong = Math.max(received.length, signed?.length ?? 0) > (at === undefined ? FIRST : BEFORE + AFTER)
  const strings =
    signed === undefined || at === undefined
      ? [{ title: texts.toSign, bytes: received }]
      : [
          { title: texts.received, bytes: received },
          { title: texts.signed, bytes: signed },
        ]
  return (
    <div className="stack-tight">
      {signed && at !== undefined && <Difference received={received} signed={signed} at={at} bodyBytes={bodyBytes} />}
      <div className={classes.strings} data-one={strings.length === 1 || undefined}>
        {strings.map(({ title, bytes }) => (
          <Dump key={title} title={title} bytes={bytes} at={at} isWhole={isWhole} />
        ))}
      </div>
      {isLong && (
        <UnstyledButton className={classes.more} onClick={() => setWhole(!isWhole)}>
          {isWhole ? (at === undefined ? texts.beginning : texts.fewBytes) : texts.allBytes}
        </UnstyledButton>
      )}
    </div>
  )
}

type DifferenceProps = { received: Uint8Array; signed: Uint8Array; at: number; bodyBytes: number }

/** In words: where, which byte here and which there, and the text around it. */
function Difference({ received, signed, at, bodyBytes }: DifferenceProps) {
  const inBody = at - (received.length - bodyBytes)
  const lines = [
    { title: texts.received, bytes: received },
    { title: texts.signed, bytes: signed },
  ]
  return (
    <>
      <p>
        {texts.differAt(numberOf(at))}
        {inBody >= 0 && ` (${texts.inBody(numberOf(inBody))})`}: <code>{byteName(received[at]) ?? texts.ends}</code> ↔{' '}
        <code>{byteName(signed[at]) ?? texts.ends}</code>
      </p>
      <dl className={classes.excerpts}>
        {lines.map(({ title, bytes }) => {
          const { before, here, after } = excerptOf(bytes, at, AROUND)
          return (
            <div key={title}>
              <dt>{title}</dt>
              <dd>
                {before}
                <mark>{here === '' ? texts.ends : here}</mark>
                {after}
              </dd>
            </div>
          )
        })}
      </dl>
    </>
  )
}

type DumpProps = { title: string; bytes: Uint8Array; at: number | undefined; isWhole: boolean }

function Dump({ title, bytes, at, isWhole }: DumpProps) {
  const [from, to] = isWhole
    ? [0, bytes.length]
    : at === undefined
      ? [0, FIRST]
      : [Math.max(0, at - BEFORE), at + AFTER]
  const rows = rowsOf(bytes, from, to)
  const marked = at === undefined ? -1 : Math.floor(at / PER_ROW)
  const lines = (part: typeof rows) => part.map(lineOf).join('')
  const index = rows.findIndex((row) => row.at / PER_ROW === marked)
  const row = rows[index]
  return (
    <figure className={classes.dump} aria-label={title}>
      <figcaption>
        <span>{title}</span>
        <span className="muted">{texts.bytes(numberOf(bytes.length))}</span>
        <CopyButton what={title} value={textOf(bytes) ?? lines(rowsOf(bytes, 0, bytes.length))} />
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <pre tabIndex={0}>
        {row === undefined || at === undefined ? (
          lines(rows)
        ) : (
          <>
            {lines(rows.slice(0, index))}
            {placeOf(row.at)} {row.hex.slice(0, (at % PER_ROW) * 3)}
            <mark>{row.hex.slice((at % PER_ROW) * 3, (at % PER_ROW) * 3 + 2)}</mark>
            {row.hex.slice((at % PER_ROW) * 3 + 2).padEnd(3 * (PER_ROW - (at % PER_ROW)) - 3)}{' '}
            {row.chars.slice(0, at % PER_ROW)}
            <mark>{row.chars.slice(at % PER_ROW, (at % PER_ROW) + 1)}</mark>
            {`${row.chars.slice((at % PER_ROW) + 1)}\n`}
            {lines(rows.slice(index + 1))}
          </>
        )}
      </pre>
    </figure>
  )
}

const placeOf = (at: number) => String(at).padStart(5)
const lineOf = ({ at, hex, chars }: { at: number; hex: string; chars: string }) =>
  `${placeOf(at)} ${hex.padEnd(PER_ROW * 3 - 1)} ${chars}\n`
