import { Textarea } from '@mantine/core'
import { returnLaunchRequest } from '../../../contract/launch.ts'
import { type GateItem, gateItems } from '../../../rules/launch.ts'
import { LAUNCH } from '../../../rules/limits.ts'
import { Form } from '../../parts/Form.tsx'
import { NoPermission } from '../../parts/NoPermission.tsx'
import { toast } from '../../parts/toast.ts'
import { useFormSend } from '../../parts/use-form-send.ts'
import { useMay } from '../../parts/use-may.ts'
import { Panel } from '../../ui/Panel.tsx'
import { useForm } from '../../ui/use-form.ts'
import { gateWords } from '../../parts/launch/words.ts'
import { texts } from './texts.ts'

type Props = { requestId: string; items: readonly GateItem[] }
type Values = Record<GateItem, string>

const EMPTY = Object.fromEntries(gateItems.map((item) => [item, ''])) as Values // one for each

/** A reason for each item that has to be mended; what is left empty is fine. */
export function ReturnForm({ requestId, items }: Props) {
  const may = useMay('staff.launch.decide')
  return (
    <Panel title={texts.returnTitle} lead={texts.returnLead}>
      {may ? <Remarking requestId={requestId} items={items} /> : <NoPermission permission="staff.launch.decide" />}
    </Panel>
  )
}

function Remarking({ requestId, items }: Props) {
  const [first] = items
  const form = useForm<Values>({
    initialValues: EMPTY,
    validate: (values) => {
      const long = items.filter((item) => [...values[item]].length > LAUNCH.remarkMax)
      if (long.length > 0) return Object.fromEntries(long.map((item) => [item, texts.remarkLong]))
      const isEmpty = items.every((item) => values[item].trim() === '')
      return isEmpty && first ? { [first]: texts.remarkNeeded } : {}
    },
  })
  const { submit, ...state } = useFormSend(returnLaunchRequest, form, () => {
    form.reset()
    toast(texts.returned)
  })
  return (
    <Form
      form={form}
      {...state}
      submitProps={{ variant: 'default' }}
      submit={texts.returnNow}
      onSubmit={(values) => {
        const remarks = items.flatMap((item) => {
          const text = values[item].trim()
          return text === '' ? [] : [{ item, text }]
        })
        submit({ params: { requestId }, body: { remarks } })
      }}
    >
      {items.map((item) => (
        <Textarea
          key={item}
          label={texts.remarkOn(gateWords(item).title)}
          autosize
          minRows={1}
          {...form.getInputProps(item)}
        />
      ))}
    </Form>
  )
}
