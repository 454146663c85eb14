// What each font of a theme is on a reader's machine. Inter and Vazirmatn are served by us; of the rest the first that is there is
// taken. Arabic is Vazirmatn everywhere but where the machine's own face is asked for.

const arabic = "'Vazirmatn Variable'"

export const fonts = {
  inter: `'Inter Variable',${arabic},system-ui,sans-serif`,
  system: `system-ui,${arabic},sans-serif`,
  humanist: `${arabic},Seravek,'Segoe UI',Ubuntu,Optima,'Noto Sans',sans-serif`,
  geometric: `${arabic},'Avenir Next',Avenir,'Century Gothic',Futura,'URW Gothic',sans-serif`,
  rounded: `${arabic},ui-rounded,'SF Pro Rounded','Nunito','Varela Round','Arial Rounded MT Bold',sans-serif`,
  serif: `${arabic},ui-serif,'Iowan Old Style',Charter,Georgia,'Noto Serif',serif`,
  slab: `${arabic},Rockwell,'Roboto Slab',Sitka,'DejaVu Serif',serif`,
  mono: `${arabic},ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace`,
} as const

export type FontName = keyof typeof fonts
