import { Button } from '@mantine/core'
import { Link } from 'wouter'
import { PlainPage } from '../../parts/PlainPage.tsx'
import { paths } from '../../paths.ts'
import { Notice } from '../../ui/Notice.tsx'
import { texts } from './texts.ts'

/** The token stands behind the `#`: browsers never send that part, so it is in no log and no referrer. */
export const tokenInAddress = () => window.location.hash.slice(1)

export const ToLogIn = () => (
  <Button component={Link} href={paths.logIn()} variant="default">
    {texts.toLogIn}
  </Button>
)

/** A link of which the end is missing. */
export function Incomplete({ title, remedy }: { title: string; remedy: string }) {
  return (
    <PlainPage title={title} footer={<ToLogIn />}>
      <Notice tone="bad" title={texts.noToken}>
        {remedy}
      </Notice>
    </PlainPage>
  )
}
