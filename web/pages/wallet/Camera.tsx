import { Button } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { texts } from './texts.ts'
import classes from './wallet-code.module.css'

type Props = { onCode: (code: string) => void; onClose: () => void }

/** A page that is not reached over https, nor on this machine, has no camera. */
export const hasCamera = () => navigator.mediaDevices !== undefined

/** Looks through the camera until it sees a QR code. The pictures stay in this browser. */
export function Camera({ onCode, onClose }: Props) {
  const video = useRef<HTMLVideoElement>(null)
  const [isMissing, setMissing] = useState(false)
  const seen = useRef(onCode)
  seen.current = onCode
  useEffect(() => {
    const player = video.current
    if (!player) return
    return look(
      player,
      (code) => seen.current(code),
      () => setMissing(true),
    )
  }, [])
  return (
    <div className="stack">
      {isMissing ? (
        <p role="alert">{texts.cameraMissing}</p>
      ) : (
        <video ref={video} className={classes.camera} aria-label={texts.cameraView} autoPlay muted playsInline />
      )}
      <Button variant="default" onClick={onClose}>
        {texts.cameraClose}
      </Button>
    </div>
  )
}

/** Starts at once, and returns what stops it. */
function look(player: HTMLVideoElement, onCode: (code: string) => void, onMissing: () => void): () => void {
  const ends: (() => void)[] = []
  let isOver = false
  const stop = () => {
    isOver = true
    for (const end of ends.splice(0)) end()
  }
  const begin = async () => {
    const { frameLoop, QRCanvas, rearCamera } = await import('qr/dom.js')
    const camera = await rearCamera(player)
    ends.push(() => camera.stop())
    if (isOver) return stop()
    const canvas = new QRCanvas()
    const readFrame = async () => {
      const found = await camera.readFrame(canvas)
      if (isOver || typeof found !== 'string') return
      stop()
      onCode(found)
    }
    ends.push(frameLoop(() => void readFrame().catch(() => undefined), player))
  }
  void begin().catch(onMissing)
  return stop
}
