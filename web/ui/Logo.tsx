/** A hull on the inclined way, above the water line. */
export function Logo({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="7" fill="#0f625a" />
      <path d="M6 13.5 26 22" stroke="#f3c14b" strokeWidth="2.6" strokeLinecap="round" />
      <path d="M9.6 6.6 24.4 12.9c-1 3-4 4.4-6.9 3.2L12.2 13.8C9.9 12.8 8.8 9.7 9.6 6.6Z" fill="#fff" />
      <path d="M6 25.5h20" stroke="#a6d4cd" strokeWidth="2.2" strokeLinecap="round" />
    </svg>
  )
}
