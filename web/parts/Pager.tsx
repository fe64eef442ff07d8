import { Button } from '@mantine/core'
import { Link } from 'wouter'
import { texts } from './texts.ts'

/** Older pages of a list, and the way back. Not shown when everything fits. */
export function Pager({ older, newest }: { older: string | null; newest: string | null }) {
  if (older === null && newest === null) return null
  return (
    <div className="row">
      {newest !== null && (
        <Button component={Link} href={newest} variant="default" size="xs">
          {texts.newest}
        </Button>
      )}
      {older !== null && (
        <Button component={Link} href={older} variant="default" size="xs">
          {texts.older}
        </Button>
      )}
    </div>
  )
}
