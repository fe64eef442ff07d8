import { Button } from '@mantine/core'
import { Dialog } from './Dialog.tsx'

type Props = {
  title: string
  text: string
  confirm: string
  cancel: string
  closeLabel: string
  isDangerous?: boolean
  onConfirm: () => void
  onClose: () => void
}

/** Asks once more, saying what will happen. */
export function ConfirmDialog(props: Props) {
  const { title, text, confirm, cancel, closeLabel, isDangerous = false, onConfirm, onClose } = props
  const go = () => {
    onConfirm()
    onClose()
  }
  return (
    <Dialog title={title} closeLabel={closeLabel} onClose={onClose}>
      <div className="stack">
        <p>{text}</p>
        <div className="row">
          <Button {...(isDangerous && { color: 'red' })} onClick={go} data-autofocus>
            {confirm}
          </Button>
          <Button variant="default" onClick={onClose}>
            {cancel}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
