/** A QR code as a picture for a mail. */
import { encodeQR } from 'qr'
import { pngOf } from './png.ts'

/** The quiet margin that scanners need is part of the picture. */
const MARGIN = 4
const PIXELS_PER_MODULE = 6

export function qrPng(text: string): Buffer {
  return pngOf(encodeQR(text, 'raw', { border: MARGIN, ecc: 'low' }), PIXELS_PER_MODULE)
}
