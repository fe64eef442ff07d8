import './styles/base.ts'
import { MantineProvider, localStorageColorSchemeManager } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode, startTransition } from 'react'
import { createRoot } from 'react-dom/client'
import { ApiError, queryClient } from './api.ts'
import { firstPage } from './parts/arrival.ts'
import { Root } from './parts/Root.tsx'
import { cssVariables, theme } from './theme.ts'

const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ''
// The scroll lock of modal dialogs writes a style element of its own and looks for the nonce under this name.
Object.assign(globalThis, { __webpack_nonce__: nonce })

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')
const app = (
  <StrictMode>
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      colorSchemeManager={localStorageColorSchemeManager({ key: 'slipway-colour-scheme' })}
      getStyleNonce={() => nonce}
      // They are written into the page by the theme, so the stylesheet need not bring them a second time.
      deduplicateCssVariables={false}
    >
      <QueryClientProvider client={queryClient}>
        <Root />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>
)

/** A task of its own, so that a slow processor may listen to its reader between two long ones. */
const nextTask = () => new Promise((resolve) => setTimeout(resolve))

async function start(place: HTMLElement): Promise<void> {
  await nextTask()
  await firstPage()
  const reactRoot = createRoot(place, {
    // A refusal that a page shows is no mistake of ours.
    onCaughtError: (error) => {
      if (!(error instanceof ApiError)) console.error(error)
    },
  })
  // A transition, so that what is there already is drawn without React's own skeleton before it.
  startTransition(() => reactRoot.render(app))
}
// Not awaited at the top: the chunks that it waits for import from this one.
void start(root)
