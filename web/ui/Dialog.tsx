import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'

type Props = { title: string; closeLabel: string; onClose: () => void; size?: 'md' | 'lg'; children: ReactNode }

/** A modal dialog. Composed by hand, because the ready-made one puts a second banner landmark on the page. */
export function Dialog({ title, closeLabel, onClose, size = 'md', children }: Props) {
  const asPlainBox = { component: 'div' }
  return (
    <Modal.Root opened onClose={onClose} size={size}>
      <Modal.Overlay />
      <Modal.Content>
        <Modal.Header {...asPlainBox}>
          <Modal.Title>{title}</Modal.Title>
          <Modal.CloseButton aria-label={closeLabel} />
        </Modal.Header>
        <Modal.Body>{children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}
