import { Button } from '@mantine/core'
import { texts } from './texts.ts'

/** What the filters find, as a file. The browser saves it while it comes, however large it is. */
export function ExportButtons({ addressOf }: { addressOf: (format: 'csv' | 'json') => string }) {
  return (
    <>
      {(['csv', 'json'] as const).map((format) => (
        <Button key={format} component="a" href={addressOf(format)} download variant="default" size="xs">
          {texts.exports[format]}
        </Button>
      ))}
    </>
  )
}
