/**
 * Colours and type. Petrol for what can be done, amber for the sandbox, and greys with a breath of green. Every pair of text and
 * ground keeps 4.5 : 1 in both schemes; the browser tests check it.
 */
import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'

// biome-ignore format: one colour
const petrol: MantineColorsTuple = [
  '#eaf5f3', '#d2e9e5', '#a6d4cd', '#7cc2b7', '#4fa89c', '#328f83', '#1d776c', '#0f625a', '#0a5049', '#063c37',
]
// biome-ignore format: one colour
const brick: MantineColorsTuple = [
  '#fdf0ee', '#fadcd8', '#f3b8b0', '#ec9287', '#e0705f', '#cf5140', '#bd3d2c', '#a63122', '#86271b', '#661d14',
]
// biome-ignore format: one colour
const slate: MantineColorsTuple = [
  '#f5f7f6', '#eaeeec', '#dbe1de', '#c5cdca', '#a4afab', '#7e8b87', '#5d6b67', '#46524f', '#2c3734', '#18211f',
]
// biome-ignore format: one colour
const dark: MantineColorsTuple = [
  '#dfe7e4', '#c2cdc9', '#9fada8', '#7e8d88', '#394643', '#2b3734', '#212b29', '#182120', '#101716', '#0a100f',
]

export const theme = createTheme({
  colors: { petrol, brick, gray: slate, dark, red: brick },
  primaryColor: 'petrol',
  primaryShade: { light: 7, dark: 6 },
  defaultRadius: 6,
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace',
  fontSizes: { xs: '0.75rem', sm: '0.875rem', md: '0.9375rem', lg: '1.0625rem', xl: '1.25rem' },
  components: {
    Button: { defaultProps: { size: 'sm' } },
    Popover: { defaultProps: { transitionProps: { duration: 0 } } },
    Modal: { defaultProps: { centered: true, transitionProps: { duration: 0 } } },
  },
})

export const cssVariables: CSSVariablesResolver = () => ({
  variables: { '--mantine-line-height': '1.5' },
  light: {
    '--mantine-color-body': '#ffffff',
    '--mantine-color-text': '#18211f',
    '--mantine-color-dimmed': '#54625e',
    '--mantine-color-default-color': '#18211f',
    '--mantine-color-placeholder': '#66736f',
    '--mantine-color-error': '#a63122',
    '--mantine-color-anchor': '#0f625a',
    '--mantine-color-default-border': '#c5cdca',
    '--mantine-color-disabled-color': '#66736f',
    '--mantine-color-disabled': '#eaeeec',
  },
  dark: {
    '--mantine-color-body': '#182120',
    '--mantine-color-text': '#dfe7e4',
    '--mantine-color-dimmed': '#9fada8',
    '--mantine-color-placeholder': '#8c9a95',
    '--mantine-color-error': '#f3a196',
    '--mantine-color-anchor': '#7cc2b7',
    '--mantine-color-default-border': '#394643',
    '--mantine-color-disabled-color': '#94a29d',
    '--mantine-color-disabled': '#212b29',
  },
})
