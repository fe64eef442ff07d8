import { notifications } from '@mantine/notifications'

/** For success only: what must be read stands on the page. */
export function toast(message: string): void {
  notifications.show({ message, role: 'status', color: 'petrol', withBorder: true, autoClose: 4000 })
}
