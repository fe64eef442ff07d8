/** Our own line icons on a 24-unit grid. They are drawn, never read: the word beside them carries the meaning. */
const DRAWINGS = {
  alert: 'M12 4 2.8 19.5h18.4L12 4Zm0 6v4.5m0 2.6v.1',
  apps: 'M4 4h6.5v6.5H4zM13.5 4H20v6.5h-6.5zM4 13.5h6.5V20H4zM13.5 13.5H20V20h-6.5z',
  auto: 'M12 4a8 8 0 1 0 0 16V4Zm0 0a8 8 0 0 1 0 16',
  bell: 'M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15L6 16.5ZM10 20.5h4',
  book: 'M4 5.5c3-1.2 5.7-1 8 .7 2.3-1.7 5-1.9 8-.7v13c-3-1.2-5.7-1-8 .7-2.3-1.7-5-1.9-8-.7v-13Zm8 .7v13',
  check: 'm5 12.5 4.5 4.5L19 7.5',
  chevron: 'm9 6 6 6-6 6',
  clock: 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16Zm0 4v4.5l3 1.8',
  close: 'm6 6 12 12M18 6 6 18',
  copy: 'M9 9h10.5v10.5H9zM5.5 15H4.5V4.5H15v1',
  eye: 'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12Zm9.5-2.8a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6Z',
  eyeOff:
    'M4 4l16 16M9.5 5.9A9 9 0 0 1 12 5.5c6 0 9.5 6.5 9.5 6.5a16 16 0 0 1-2.9 3.5M6 7.6A16 16 0 0 0 2.5 12S6 18.5 12 18.5a9 9 0 0 0 3.8-.8',
  home: 'M4 11 12 4.5 20 11v8.5h-5.5V14h-5v5.5H4V11Z',
  inbox: 'M4 13.5 6.5 5.5h11L20 13.5v5H4v-5Zm0 0h4.5l1.2 2.2h4.6l1.2-2.2H20',
  info: 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16Zm0 7v5m0-8.2v.1',
  key: 'M14.5 9.5a4.5 4.5 0 1 1-9 0 4.5 4.5 0 0 1 9 0Zm-1.3 3.2L19.5 19m-3-3 2-2',
  language:
    'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16Zm-7.7 6h15.4M4.3 14h15.4M12 4c-4.6 4.7-4.6 11.3 0 16 4.6-4.7 4.6-11.3 0-16Z',
  leave: 'M14 4.5H5v15h9M10 12h10m-3.5-3.5L20 12l-3.5 3.5',
  list: 'M8.5 6.5H20M8.5 12H20M8.5 17.5H20M4.5 6.5v.1M4.5 12v.1M4.5 17.5v.1',
  mail: 'M4 6h16v12H4V6Zm0 1.5 8 6 8-6',
  menu: 'M4 7h16M4 12h16M4 17h16',
  minus: 'M6 12h12',
  moon: 'M19.5 14A8 8 0 0 1 10 4.5 8 8 0 1 0 19.5 14Z',
  pause: 'M8.5 5.5v13M15.5 5.5v13',
  people:
    'M12.5 8a3.5 3.5 0 1 1-7 0 3.5 3.5 0 0 1 7 0ZM2.5 19.5c.6-3.4 3-5 6.5-5s5.9 1.6 6.5 5M16 4.9a3.5 3.5 0 0 1 0 6.2m2.2 3.7c1.8.7 2.9 2.2 3.3 4.7',
  play: 'M8 5.5v13l10.5-6.5L8 5.5Z',
  plus: 'M12 5.5v13M5.5 12h13',
  pulse: 'M3 12.5h4.2L9.7 6l4.4 12 2.4-5.5H21',
  rocket:
    'M12 15.5 8.5 12C9.5 8 12.5 4.5 19.5 4.5c0 7-3.5 10-7.5 11Zm-3.5-3.5-4 .5 2.5-4h3.2M12 15.5l-.5 4 4-2.5v-3.2M15 9v.1M5 19l2.5-2.5',
  search: 'M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13Zm4.7 11.2L20 20',
  shield: 'M12 3.5 5 6v5.5c0 4.3 2.7 7.2 7 9 4.3-1.8 7-4.7 7-9V6l-7-2.5Z',
  shop: 'M4.5 10v9.5h15V10M3.5 8l1.7-3.5h13.6L20.5 8v1.2a2.6 2.6 0 0 1-4.2 1.6 2.7 2.7 0 0 1-4.3 0 2.7 2.7 0 0 1-4.3 0 2.6 2.6 0 0 1-4.2-1.6V8ZM9.5 19.5v-5h5v5',
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8Zm0-5v2m0 14v2M3 12h2m14 0h2M5.6 5.6 7 7m10 10 1.4 1.4M5.6 18.4 7 17M17 7l1.4-1.4',
  swap: 'M4 8.5h13M13.5 5 17 8.5 13.5 12M20 15.5H7m3.5-3.5L7 15.5l3.5 3.5',
  wallet: 'M4 7.5h15.5v11H4v-11Zm0 0L15 4.5v3m4.5 4H15v3.5h4.5',
} as const

export type IconName = keyof typeof DRAWINGS

export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.75}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={DRAWINGS[name]} />
    </svg>
  )
}
