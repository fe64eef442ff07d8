import { brand } from '../brand.ts'
import { Logo } from '../ui/Logo.tsx'

/** The network's logo, or ours where it has none. The name stands beside it. */
export function BrandLogo({ size = 28 }: { size?: number }) {
  return brand.logo === '' ? <Logo size={size} /> : <img src={brand.logo} alt="" height={size} />
}
