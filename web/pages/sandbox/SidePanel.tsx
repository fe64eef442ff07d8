import { Drawer } from '@mantine/core'
import type { ReactNode } from 'react'
import { texts as shared } from '../../parts/texts.ts'

/** Beside the list, not over it: the next row can be opened while this one is read. Escape closes. */
export function SidePanel({ title, onClose, children }: { title: string; onClose: () => void; children: ReactNode }) {
  return (
    <Drawer
      opened
      onClose={onClose}
      title={title}
      position="right"
      size="min(620px, 100vw)"
      withOverlay={false}
      lockScroll={false}
      trapFocus={false}
      closeOnClickOutside={false}
      shadow="xl"
      closeButtonProps={{ 'aria-label': shared.close }}
    >
      {children}
    </Drawer>
  )
}
