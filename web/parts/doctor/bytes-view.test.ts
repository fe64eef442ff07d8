import { describe, expect, test } from 'vitest'
import { byteName, excerptOf, rowsOf } from './bytes-view.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

describe('bytes', () => {
  test('stand in rows, each with its place', () => {
    expect(rowsOf(bytes('POST /a\nC.T.{}\r\t'), 9, 100)).toEqual([
      { at: 8, hex: '43 2E 54 2E 7B 7D 0D 09', chars: 'C.T.{}←→' },
    ])
    expect(rowsOf(bytes('ab ü'), 0, 99)).toEqual([{ at: 0, hex: '61 62 20 C3 BC', chars: 'ab·¤¤' }])
    expect(rowsOf(bytes(''), 0, 99)).toEqual([])
    expect([byteName(10), byteName(0), byteName(undefined)]).toEqual(['0A ↵', '00 ¤', undefined])
  })

  test('are text around a place, and no character is cut', () => {
    expect(excerptOf(bytes('{"a":"ü"}\n'), 7, 3)).toEqual({ before: '…":"', here: 'ü', after: '"}↵' })
    expect(excerptOf(bytes('\uFEFF{}\u0000\u202E'), 0, 20)).toEqual({
      before: '',
      here: '[BOM]',
      after: '{}[U+0000][U+202E]',
    })
    expect(excerptOf(bytes('{}'), 2, 20)).toEqual({ before: '{}', here: '', after: '' })
    expect(excerptOf(Uint8Array.of(0xff, 0xfe), 1, 4)).toEqual({ before: '�', here: '�', after: '' })
  })
})
