import { NativeSelect } from '@mantine/core'
import { useLocation } from 'wouter'
import type { ApplicationView } from '../../../contract/applications.ts'
import { TASKS, type TaskId, type TaskState, taskIds, taskStates } from '../../../rules/application.ts'
import { MayButton } from '../../parts/MayButton.tsx'
import { paths } from '../../paths.ts'
import { Panel } from '../../ui/Panel.tsx'
import { StateWord } from '../../ui/StateWord.tsx'
import { taskTitle } from '../../words.ts'
import classes from './tasks.module.css'
import { texts } from './texts.ts'

const TONES = { done: 'good', next: 'info', open: 'plain' } as const

type Props = { chosen: ApplicationView | undefined; items: readonly ApplicationView[] }

/** The way of an integration, with the state of each task for the chosen application and a button to the next step. */
export function Tasks({ chosen, items }: Props) {
  const [, navigate] = useLocation()
  const states = taskStates(chosen?.facts)
  return (
    <Panel
      title={texts.tasks}
      flush
      actions={
        chosen && (
          <div className="row small">
            <span className="muted">{texts.tasksFor}</span>
            <NativeSelect
              size="xs"
              aria-label={texts.chosen}
              value={chosen.id}
              data={items.map(({ id, name }) => ({ value: id, label: name }))}
              onChange={(event) => navigate(paths.home(event.currentTarget.value))}
            />
          </div>
        )
      }
    >
      <ol className={classes.tasks}>
        {taskIds.map((id) => (
          <li key={id} className={classes.task} data-state={states[id]}>
            <span className={classes.title}>{taskTitle(id)}</span>
            <StateWord tone={TONES[states[id]]}>{texts.states[states[id]]}</StateWord>
            <Step id={id} state={states[id]} chosen={chosen} />
          </li>
        ))}
      </ol>
    </Panel>
  )
}

function hrefOf(id: TaskId, chosen: ApplicationView | undefined): string {
  if (id === 'invite_merchants') return paths.merchants(chosen?.id)
  if (chosen && id === 'configure_production') return paths.production(chosen.id)
  if (chosen && id === 'launch') return paths.launch(chosen.id)
  // iTest makes the first pair and sets it, and is where the call after it is made.
  if (chosen && (id === 'set_sandbox_key' || id === 'first_signed_call')) return paths.iTest(chosen.id)
  if (chosen && id === 'acceptance_tests') return paths.acceptance(chosen.id)
  return paths.newApplication()
}

function Step({ id, state, chosen }: { id: TaskId; state: TaskState; chosen: ApplicationView | undefined }) {
  if (state !== 'next') return null
  const href = hrefOf(id, chosen)
  return (
    <MayButton needs={TASKS[id].needs} href={href} size="xs">
      {texts.actions[id]}
    </MayButton>
  )
}
