import { once } from '../once.ts'
import { texts } from './texts.ts'

const loadToasts = once(() => import('@mantine/notifications'))

/** For success only: what must be read stands on the page. */
export function toast(message: string): void {
  void loadToasts().then(
    ({ notifications }) =>
      notifications.show({
        message,
        role: 'status',
        color: 'petrol',
        withBorder: true,
        autoClose: 4000,
        closeButtonProps: { 'aria-label': texts.close },
      }),
    () => undefined,
  )
}
