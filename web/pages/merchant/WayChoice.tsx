import { Button, TextInput } from '@mantine/core'
import { setMerchantUrl } from '../../../contract/test-merchant.ts'
import { URL_MAX } from '../../../rules/limits.ts'
import { useSend } from '../../api.ts'
import type { At } from '../../page.ts'
import { paths } from '../../paths.ts'
import { Form } from '../../parts/Form.tsx'
import { ProblemNotice } from '../../parts/ProblemNotice.tsx'
import { useFormSend } from '../../parts/use-form-send.ts'
import { Notice } from '../../ui/Notice.tsx'
import { useForm } from '../../ui/use-form.ts'
import { addressWith, Choice } from './Choice.tsx'
import classes from './merchant.module.css'
import { canSign, type Way } from './merchant.ts'
import type { Chosen } from './merchant.ts'
import { texts } from './texts.ts'

type Props = Chosen & { url: string | null; at: At }

/** Signed in this page, or asked of the partner's own server. */
export function WayChoice({ applicationId, way, url, at }: Props) {
  const to = (one: Way) => paths.testMerchant(applicationId, addressWith(at.search, { way: one }))
  return (
    <section className={classes.section} aria-label={texts.way}>
      <h2>{texts.way}</h2>
      <Choice
        label={texts.way}
        items={(['key', 'server'] as const).map((one) => ({
          name: texts.ways[one],
          href: to(one),
          isChosen: one === way,
        }))}
      />
      <p className="muted small">{way === 'key' ? texts.wayKey : texts.wayServer}</p>
      {way === 'key' && !canSign() && <Notice tone="bad">{texts.keyImpossible}</Notice>}
      {way === 'server' && (
        // Set once, it is in nobody's way.
        <details key={url} open={url === null} className={classes.server}>
          <summary className="break">{url ?? texts.url}</summary>
          <ServerUrl applicationId={applicationId} url={url} />
        </details>
      )}
    </section>
  )
}

function ServerUrl({ applicationId, url }: { applicationId: string; url: string | null }) {
  const params = { applicationId }
  const form = useForm({
    initialValues: { url: url ?? '' },
    validate: (values) => ({ url: values.url.trim() === '' ? texts.urlNeeded : null }),
  })
  const { submit, ...state } = useFormSend(setMerchantUrl, form, () => undefined)
  const clear = useSend(setMerchantUrl)
  return (
    <>
      {clear.error && <ProblemNotice problem={clear.error.problem} />}
      <Form
        form={form}
        {...state}
        onSubmit={(body) => submit({ params, body })}
        submit={texts.save}
        beside={
          url !== null && (
            <Button
              variant="default"
              loading={clear.isPending}
              onClick={() => clear.mutate({ params, body: { url: null } })}
            >
              {texts.remove}
            </Button>
          )
        }
      >
        <TextInput
          label={texts.url}
          description={texts.urlHint}
          maxLength={URL_MAX}
          inputMode="url"
          autoComplete="off"
          spellCheck={false}
          {...form.getInputProps('url')}
        />
      </Form>
    </>
  )
}
